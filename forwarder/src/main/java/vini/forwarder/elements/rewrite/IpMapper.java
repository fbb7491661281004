package vini.forwarder.elements.rewrite;

import java.util.List;

/** An element that says how new flows are rewritten: Click's IPMapper. */
interface IpMapper {
    /** The element's name. */
    String name();

    /** All that it may say. */
    List<InputSpec.Mapped> all();

    /** What is to be tried for the next new flow, in this order. */
    List<InputSpec.Mapped> next();
}
