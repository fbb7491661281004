package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

/** What follows the header of an OSPF packet, RFC 2328 A.3.2 to A.3.6. */
public sealed interface OspfMessage
        permits Hello, DatabaseDescription, LinkStateRequest, LinkStateUpdate, LinkStateAck {
    OspfHeader.Type type();

    /** Writes the body without the OSPF header. */
    void emit(ByteBuf out);
}
