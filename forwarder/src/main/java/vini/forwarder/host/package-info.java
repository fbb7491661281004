/** The end system at a node: what programs are written against, and a whole stack in Java. */
@NullMarked
package vini.forwarder.host;

import org.jspecify.annotations.NullMarked;
