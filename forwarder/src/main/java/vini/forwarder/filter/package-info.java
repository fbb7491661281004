/**
 * Filters: Click's byte patterns and tcpdump-like expressions, and the decision tree to which they
 * are compiled. Nothing here knows an element.
 */
@NullMarked
package vini.forwarder.filter;

import org.jspecify.annotations.NullMarked;
