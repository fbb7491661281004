/** The search for faults of our own: random networks and failures, and what must hold of them. */
@NullMarked
package vini.experiment.fuzz;

import org.jspecify.annotations.NullMarked;
