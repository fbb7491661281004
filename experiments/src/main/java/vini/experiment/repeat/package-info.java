/** One experiment many times over, each time with another seed: what varies, and how. */
@NullMarked
package vini.experiment.repeat;

import org.jspecify.annotations.NullMarked;
