package vini.overlay.topology;

/** What carries the packets of a link. */
public enum TunnelsMode {
    /** Directly within a process, by UDP between processes. */
    AUTO,
    /** UDP sockets always. */
    UDP,
    /** Handed over within a process. */
    DIRECT
}
