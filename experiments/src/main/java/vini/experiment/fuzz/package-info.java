/** The search for faults of our own: random networks and failures, and what must hold of them. */
@org.jspecify.annotations.NullMarked
package vini.experiment.fuzz;
