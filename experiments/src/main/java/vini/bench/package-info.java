/** What {@code vini bench} measures: each scenario beside its peers, in one run on one machine. */
@NullMarked
package vini.bench;

import org.jspecify.annotations.NullMarked;
