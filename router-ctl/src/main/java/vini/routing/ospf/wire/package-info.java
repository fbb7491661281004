/** OSPFv2 packets and LSAs, RFC 2328 appendix A: parsed records, exact bytes written. */
@NullMarked
package vini.routing.ospf.wire;

import org.jspecify.annotations.NullMarked;
