package vini.overlay.topology;

/**
 * How routes are found.
 *
 * @param helloSeconds between two hellos, 1-65535
 * @param deadSeconds of silence until a neighbour is gone, more than helloSeconds, to 65535
 */
public record Routing(Protocol protocol, int helloSeconds, int deadSeconds) {}
