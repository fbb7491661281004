/** The topology of a slice: nodes, links and their properties, its JSON, its address plan. */
@NullMarked
package vini.overlay.topology;

import org.jspecify.annotations.NullMarked;
