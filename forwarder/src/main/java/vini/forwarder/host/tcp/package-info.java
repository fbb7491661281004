/** TCP (RFC 9293) in one thread: timers by a clock, chance by a seed, segments as whole packets. */
@NullMarked
package vini.forwarder.host.tcp;

import org.jspecify.annotations.NullMarked;
