package vini.forwarder.elements.ether;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.function.Function;

/**
 * The tag that VLAN elements put on: fixed, or the VLAN annotation of each packet. Tag control
 * information is the VLAN's number in the lower 12 bits and the priority in the upper 3 (IEEE
 * 802.1Q 9.6).
 */
final class VlanTag {
    private static final int ID_MAX = 0xfff;
    private static final int PRIORITY_MAX = 7;
    private static final int PRIORITY_SHIFT = 13;
    private static final int UNSET = -1;

    private static final Function<String, Integer> TCI = ArgumentTypes.integer(0, 0xffff);
    private static final Function<String, Integer> ID = ArgumentTypes.integer(0, ID_MAX);
    private static final Function<String, Integer> PRIORITY =
            ArgumentTypes.integer(0, PRIORITY_MAX);
    private static final Function<String, Integer> NATIVE = ArgumentTypes.integer(-1, ID_MAX);

    private boolean annotated;
    private int tci;
    private int nativeVlan;

    private VlanTag(boolean annotated, int tci, int nativeVlan) {
        this.annotated = annotated;
        this.tci = tci;
        this.nativeVlan = nativeVlan;
    }

    /** Reads VLAN_TCI (a number or ANNO) or VLAN_ID, VLAN_PCP, and NATIVE_VLAN. */
    static VlanTag read(Arguments arguments) throws ConfigException {
        int id = arguments.keyword("VLAN_ID", ID, UNSET);
        String text = id == UNSET ? arguments.required("VLAN_TCI", String::strip) : "" + id;
        int priority = arguments.optional("VLAN_PCP", PRIORITY, UNSET);
        int nativeVlan = arguments.keyword("NATIVE_VLAN", NATIVE, 0);
        if (!arguments.keyword("VLAN_TCI", String::strip, "").isEmpty()) {
            throw new ConfigException("VLAN_TCI and VLAN_ID exclude each other");
        }
        VlanTag tag = new VlanTag(false, 0, nativeVlan);
        try {
            tag.setTci(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("VLAN_TCI: " + e.getMessage());
        }
        if (priority != UNSET) {
            tag.tci = withPriority(tag.tci, priority);
        }
        return tag;
    }

    /** As {@link #read}, for an element that has no use for ANNO and NATIVE_VLAN. */
    static VlanTag readFixed(Arguments arguments) throws ConfigException {
        VlanTag tag = read(arguments);
        if (tag.annotated) {
            throw new ConfigException("VLAN_TCI: 'ANNO' is not a whole number");
        }
        return tag;
    }

    private static int withPriority(int tci, int priority) {
        return tci & 0x1fff | priority << PRIORITY_SHIFT;
    }

    private void setTci(String text) {
        annotated = text.strip().equals("ANNO");
        tci = annotated ? tci : TCI.apply(text);
    }

    /** What this packet's tag is to be. */
    int tci(Packet packet) {
        return annotated ? Frames.vlanTci(packet) : tci;
    }

    /** Whether frames of that VLAN bear no tag. */
    boolean isNative(int ofTci) {
        return (ofTci & ID_MAX) == nativeVlan;
    }

    void handlers(Handlers handlers) {
        handlers.read("vlan_tci", () -> annotated ? "ANNO" : tci);
        handlers.read("vlan_id", () -> annotated ? "ANNO" : tci & ID_MAX);
        handlers.read("vlan_pcp", () -> tci >>> PRIORITY_SHIFT);
        handlers.write("vlan_tci", this::setTci);
        handlers.write(
                "vlan_id",
                value -> {
                    tci = tci & ~ID_MAX | ID.apply(value);
                    annotated = false;
                });
        handlers.write("vlan_pcp", value -> tci = withPriority(tci, PRIORITY.apply(value)));
    }

    void nativeHandlers(Handlers handlers) {
        handlers.read("native_vlan", () -> nativeVlan);
        handlers.write("native_vlan", value -> nativeVlan = NATIVE.apply(value));
    }
}
