/**
 * The folder that a run leaves: the names and forms of its files, their writers' rows, and a
 * reader.
 */
@NullMarked
package vini.experiment.run;

import org.jspecify.annotations.NullMarked;
