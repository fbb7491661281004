/** The router process of a slice: its configuration, its doors to the forwarder, its handlers. */
@NullMarked
package vini.routing.process;

import org.jspecify.annotations.NullMarked;
