/** Elements that send packets to outputs by what is in them. */
@NullMarked
package vini.forwarder.elements.classify;

import org.jspecify.annotations.NullMarked;
