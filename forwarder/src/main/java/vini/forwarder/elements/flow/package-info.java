/** Elements that choose: which output a packet leaves by, which input is pulled from. */
@NullMarked
package vini.forwarder.elements.flow;

import org.jspecify.annotations.NullMarked;
