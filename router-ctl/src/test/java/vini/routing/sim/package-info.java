/** A network of routers on a virtual clock, for tests. */
@NullMarked
package vini.routing.sim;

import org.jspecify.annotations.NullMarked;
