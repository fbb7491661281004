/**
 * What tests of elements and graphs stand on: a graph in virtual time, and ends to push and see.
 */
@NullMarked
package vini.forwarder.kit;

import org.jspecify.annotations.NullMarked;
