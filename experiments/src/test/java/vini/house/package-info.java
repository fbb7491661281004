/** What holds for the whole house, checked by machine so that it cannot drift. */
@NullMarked
package vini.house;

import org.jspecify.annotations.NullMarked;
