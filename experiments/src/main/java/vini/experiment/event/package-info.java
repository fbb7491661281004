/** What an experiment does to the network; each type of event is one record in one file. */
@NullMarked
package vini.experiment.event;

import org.jspecify.annotations.NullMarked;
