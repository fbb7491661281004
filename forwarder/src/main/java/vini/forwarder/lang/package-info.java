/** The Click language: text to a flat list of elements and connections. */
@NullMarked
package vini.forwarder.lang;

import org.jspecify.annotations.NullMarked;
