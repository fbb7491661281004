package vini.overlay.topology;

/** What the end systems at the nodes are. */
public enum HostsMode {
    /** Kernel hosts where the machine allows them, else builtin ones. */
    AUTO,
    /** Network namespaces with a tun device, for real programs. */
    KERNEL,
    /** Network namespaces with an Ethernet (tap) device, where real programs meet ARP. */
    TAP,
    /** An element of the node's graph: echo, ping, UDP and TCP. */
    BUILTIN
}
