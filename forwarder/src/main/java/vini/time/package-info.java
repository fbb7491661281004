/** Time and chance, which come into everything else from outside. */
@NullMarked
package vini.time;

import org.jspecify.annotations.NullMarked;
