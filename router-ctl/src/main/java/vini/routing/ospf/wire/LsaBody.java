package vini.routing.ospf.wire;

/** What an LSA says, for the types that routes are computed from. */
public sealed interface LsaBody
        permits RouterLsa, NetworkLsa, SummaryLsa, ExternalLsa, OpaqueBody {}
