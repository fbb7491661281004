/** Elements that speak ICMP. */
@NullMarked
package vini.forwarder.elements.icmp;

import org.jspecify.annotations.NullMarked;
