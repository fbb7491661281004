/** Elements of a virtual node: links, tunnels, tables and the port to the router process. */
@NullMarked
package vini.forwarder.elements.overlay;

import org.jspecify.annotations.NullMarked;
