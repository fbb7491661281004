/** Several runs laid over each other: what is the same, and what differs by how much. */
@NullMarked
package vini.experiment.compare;

import org.jspecify.annotations.NullMarked;
