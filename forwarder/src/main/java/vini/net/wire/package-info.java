/** Codecs, one a file: named offsets in wire order, lengths checked first, exact bytes written. */
@NullMarked
package vini.net.wire;

import org.jspecify.annotations.NullMarked;
