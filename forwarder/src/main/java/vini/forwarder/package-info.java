/** Element graphs: packets, batches, elements, ports, handlers, and what runs them. */
@NullMarked
package vini.forwarder;

import org.jspecify.annotations.NullMarked;
