/** The way of routing packets between the graphs of a process and the slice's router process. */
@NullMarked
package vini.forwarder.punt;

import org.jspecify.annotations.NullMarked;
