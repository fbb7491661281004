/** Elements of a virtual node: links, tunnels, the host and the router process. */
@NullMarked
package vini.forwarder.elements.overlay;

import org.jspecify.annotations.NullMarked;
