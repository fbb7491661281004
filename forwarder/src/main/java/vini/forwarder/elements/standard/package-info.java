/** Elements that know nothing of any protocol. */
@NullMarked
package vini.forwarder.elements.standard;

import org.jspecify.annotations.NullMarked;
