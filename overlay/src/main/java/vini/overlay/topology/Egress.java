package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;

/**
 * That packets leave a slice at a node for the outside, with the addresses of the egress.
 *
 * @param way how they leave the forwarder
 * @param address that the outside sees; null: one of the block that RFC 2544 set apart
 * @param ports that the outside sees
 * @param prefixes what the node offers a way to, which the routing protocol tells the others
 * @param through the other slice, if they leave by one; else null
 * @param allow prefixes that packets may go to although they are private or the machine's own
 */
public record Egress(
        Way way,
        @Nullable Ipv4Address address,
        Ports ports,
        @Nullable Through through,
        List<Prefix> prefixes,
        List<Prefix> allow) {
    public Egress {
        prefixes = List.copyOf(prefixes);
        allow = List.copyOf(allow);
    }

    /** How packets leave. */
    public enum Way {
        /** By a device of the machine, whose stack forwards them. */
        KERNEL,
        /** By ordinary sockets of the forwarder's process, without any rights. */
        SOCKETS,
        /** Into another slice, at a node of it that serves this one. */
        SLICE
    }

    /**
     * Where packets go that leave by another slice.
     *
     * @param slice the name of a slice of the same user on the same machine
     * @param node of that slice
     */
    public record Through(String slice, String node) {}

    /** A range of ports with both ends, as in {@code 20000-29999}. */
    public record Ports(int first, int last) {
        public Ports {
            if (first < 1 || last > 65_535 || first > last) {
                throw new IllegalArgumentException(
                        first + "-" + last + " is not a range within 1-65535");
            }
        }

        /**
         * Reads a range.
         *
         * @throws IllegalArgumentException with a sentence for the user
         */
        public static Ports parse(String text) {
            if (!text.matches("[0-9]{1,5}-[0-9]{1,5}")) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is not a range like \"20000-29999\"");
            }
            int dash = text.indexOf('-');
            return new Ports(
                    Integer.parseInt(text.substring(0, dash)),
                    Integer.parseInt(text.substring(dash + 1)));
        }

        @Override
        public String toString() {
            return first + "-" + last;
        }
    }
}
