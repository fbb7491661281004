/** Elements that make packets, and those that write them away. */
@NullMarked
package vini.forwarder.elements.source;

import org.jspecify.annotations.NullMarked;
