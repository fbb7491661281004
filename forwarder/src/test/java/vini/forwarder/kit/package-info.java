/**
 * What tests of elements and graphs stand on: a graph in virtual time or on a live loop, ends to
 * push and see, and a namespace of its own.
 */
@NullMarked
package vini.forwarder.kit;

import org.jspecify.annotations.NullMarked;
