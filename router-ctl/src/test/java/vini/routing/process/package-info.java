/** The router process without a process: all routers of a slice on a virtual clock. */
@NullMarked
package vini.routing.process;

import org.jspecify.annotations.NullMarked;
