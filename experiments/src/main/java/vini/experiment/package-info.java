/** Experiments: what is asked for, who carries it out, and who hears of it. */
@NullMarked
package vini.experiment;

import org.jspecify.annotations.NullMarked;
