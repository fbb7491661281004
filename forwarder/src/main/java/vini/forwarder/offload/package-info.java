/**
 * Super-packets at the edges of the process: what the kernel hands over or takes as one unit of up
 * to 64 KB, and the packets that it stands for. Inside of a graph there are plain packets only, so
 * that every element, queue and counter sees what is on the wire.
 */
@NullMarked
package vini.forwarder.offload;

import org.jspecify.annotations.NullMarked;
