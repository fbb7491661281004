/** Elements that stand between a graph and the machine's devices and sockets. */
@NullMarked
package vini.forwarder.elements.device;

import org.jspecify.annotations.NullMarked;
