/** The control process of a slice: routing protocols, the RIB, and the doors to the forwarder. */
@NullMarked
package vini.routing;

import org.jspecify.annotations.NullMarked;
