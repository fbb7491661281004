/** The ground floor: addresses, prefixes, checksums, units and wire formats; no I/O, no threads. */
@NullMarked
package vini.net;

import org.jspecify.annotations.NullMarked;
