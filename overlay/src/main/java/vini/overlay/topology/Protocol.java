package vini.overlay.topology;

import vini.overlay.json.Later;

/** Who computes the routes of a slice. */
public enum Protocol {
    /** Vini's own OSPFv2. */
    OSPF,
    @Later
    FRR,
    @Later
    BIRD,
    @Later
    STATIC
}
