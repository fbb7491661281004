/** Elements that measure packets, sort them into groups and look at their timestamps. */
@NullMarked
package vini.forwarder.elements.measure;

import org.jspecify.annotations.NullMarked;
