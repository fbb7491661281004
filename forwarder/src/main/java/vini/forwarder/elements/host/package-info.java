/** The end system at a node, as an element. */
@NullMarked
package vini.forwarder.elements.host;

import org.jspecify.annotations.NullMarked;
