package vini.routing.ospf.wire;

/** The body of an LSA that is not understood here (another type, or a checksum that fails). */
public record OpaqueBody() implements LsaBody {
    static final OpaqueBody INSTANCE = new OpaqueBody();
}
