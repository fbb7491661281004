/** Programs that measure, written once for every host and both worlds, and their logs. */
@NullMarked
package vini.forwarder.host.app;

import org.jspecify.annotations.NullMarked;
