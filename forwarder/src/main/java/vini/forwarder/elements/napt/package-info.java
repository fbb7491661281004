/**
 * Network address and port translation for an egress, as RFC 4787, 5382, 5508 and 7857 want it:
 * mappings that do not depend on whom a host speaks to.
 */
@NullMarked
package vini.forwarder.elements.napt;

import org.jspecify.annotations.NullMarked;
