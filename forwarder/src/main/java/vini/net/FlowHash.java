package vini.net;

/**
 * Spreads flows over equal-cost next hops: addresses, protocol and ports (ICMP: id), and a seed.
 */
public final class FlowHash {
    private FlowHash() {}

    /**
     * A number from 0 to {@code ways - 1}; the same flow and seed give the same one.
     *
     * @param source the source address, last 32 bits
     * @param destination the destination address, last 32 bits
     * @param protocol the IP protocol number
     * @param ports source port in the high 16 bits, destination port in the low ones; for ICMP echo
     *     the id in the high 16 bits; 0 where there is neither
     */
    public static int pick(
            long seed, int source, int destination, int protocol, int ports, int ways) {
        if (ways <= 1) {
            return 0;
        }
        long hash = seed ^ (((long) source << 32) | (destination & 0xffffffffL));
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        hash ^= ((long) ports << 8 | protocol) & 0xffffffffffL;
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        // Without this round, consecutive ports would not spread as evenly as chance does.
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        hash ^= hash >>> 32;
        return (int) ((hash & 0xffffffffL) * ways >>> 32);
    }
}
