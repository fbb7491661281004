/** Elements of a graph by which users of a virtual private network come in. */
@NullMarked
package vini.vpn.elements;

import org.jspecify.annotations.NullMarked;
