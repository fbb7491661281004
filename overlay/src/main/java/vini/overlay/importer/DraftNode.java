package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.overlay.topology.Location;

/** A node while it is imported. */
final class DraftNode {
    /** What the file calls it; unique there. */
    final String key;

    /** What people call it; the key if the file says nothing else. */
    String label;

    @Nullable Location location;

    /** Its own address, as of a loopback interface. */
    @Nullable Ipv4Address address;

    /** As in the topology; set when the draft is fitted. */
    String name = "";

    DraftNode(String key) {
        this.key = key;
        this.label = key;
    }
}
