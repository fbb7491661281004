/** What a run means: outages, phases, paths, stalls, and the summary made of them. */
@NullMarked
package vini.experiment.analysis;

import org.jspecify.annotations.NullMarked;
