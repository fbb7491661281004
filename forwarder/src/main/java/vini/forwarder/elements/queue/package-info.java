/** Elements that store packets, and elements that say when they may go on. */
@NullMarked
package vini.forwarder.elements.queue;

import org.jspecify.annotations.NullMarked;
