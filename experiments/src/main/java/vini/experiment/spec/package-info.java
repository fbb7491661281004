/** Experiments as researchers write them: topology, probes, events, expectations. */
@NullMarked
package vini.experiment.spec;

import org.jspecify.annotations.NullMarked;
