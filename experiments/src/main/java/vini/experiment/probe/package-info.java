/** What measures: each probe says what a file asks of it, and which figures it gives. */
@NullMarked
package vini.experiment.probe;

import org.jspecify.annotations.NullMarked;
