/**
 * OSPFv2 for point-to-point links in one area, RFC 2328. The machines of chapters 9 and 10 are pure
 * functions; {@link vini.routing.ospf.OspfRouter} is the door.
 */
@NullMarked
package vini.routing.ospf;

import org.jspecify.annotations.NullMarked;
