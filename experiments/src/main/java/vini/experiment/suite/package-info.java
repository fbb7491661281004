/** All experiments of a folder as tests: found, judged, and told to machines as JUnit XML. */
@NullMarked
package vini.experiment.suite;

import org.jspecify.annotations.NullMarked;
