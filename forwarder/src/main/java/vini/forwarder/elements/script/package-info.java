/** Scripts that control a graph by its handlers, and sockets by which others do. */
@NullMarked
package vini.forwarder.elements.script;

import org.jspecify.annotations.NullMarked;
