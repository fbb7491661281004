/** Packets that are written down while they go by, and the files in which they are kept. */
@NullMarked
package vini.forwarder.capture;

import org.jspecify.annotations.NullMarked;
