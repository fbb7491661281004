/**
 * Network address and port translation: rewriters, the table of flows that they share, patterns.
 */
@NullMarked
package vini.forwarder.elements.rewrite;

import org.jspecify.annotations.NullMarked;
