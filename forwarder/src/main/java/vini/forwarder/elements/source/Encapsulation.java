package vini.forwarder.elements.source;

import vini.forwarder.Packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * With which header the packets of a dump or of a device begin: Click's ENCAP words, each with its
 * LINKTYPE number of capture files (www.tcpdump.org/linktypes.html).
 */
public enum Encapsulation {
    NULL("NULL", 0),
    ETHER("ETHER", 1),
    PPP("PPP", 9),
    FDDI("FDDI", 10),
    ATM("ATM", 100),
    IP("IP", 101),
    HDLC("HDLC", 104),
    IEEE_802_11("802_11", 105),
    LOOP("LOOP", 108),
    SLL("SLL", 113),
    PRISM("PRISM", 119),
    AIRONET("AIRONET", 120),
    PPP_HDLC("PPP_HDLC", 50),
    SUNATM("SUNATM", 123),
    /** None of the others. */
    UNKNOWN("UNKNOWN", -1);

    /** Elements that know how their packets begin: what ToDump's USE_ENCAP_FROM asks. */
    public interface Known {
        Encapsulation encapsulation();
    }

    private static final int ETHERTYPE_IP = 0x0800;
    private static final int ETHERTYPE_VLAN = 0x8100;
    private static final int PPP_IP = 0x0021;
    private static final int NONE = -1;

    private final String word;
    private final int linkType;

    Encapsulation(String word, int linkType) {
        this.word = word;
        this.linkType = linkType;
    }

    /** The word in configurations: {@code ETHER}, {@code 802_11}. */
    public String word() {
        return word;
    }

    /** The number in capture files; -1 for {@link #UNKNOWN}. */
    public int linkType() {
        return linkType;
    }

    /** Reads a word; throws IllegalArgumentException with a sentence for the user. */
    public static Encapsulation parse(String text) {
        List<String> words = new ArrayList<>();
        for (Encapsulation one : values()) {
            if (one != UNKNOWN) {
                words.add(one.word);
                if (one.word.equals(text.strip().toUpperCase(Locale.ROOT))) {
                    return one;
                }
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", words));
    }

    /** The one with that LINKTYPE (some systems write raw IP as 12 or 14). */
    public static Encapsulation of(int linkType) {
        if (linkType == 12 || linkType == 14 || linkType == 228) {
            return IP;
        }
        for (Encapsulation one : values()) {
            if (one.linkType == linkType) {
                return one;
            }
        }
        return UNKNOWN;
    }

    /**
     * Finds a sound IPv4 header and sets the packet's header annotations.
     *
     * @return whether there is one
     */
    public boolean findIp(Packet packet) {
        int at = ipOffset(packet);
        if (at == NONE
                || packet.length() < at + 20
                || packet.u8(at) >> 4 != 4
                || (packet.u8(at) & 0x0f) < 5) {
            return false;
        }
        int header = (packet.u8(at) & 0x0f) << 2;
        if (packet.length() < at + header || packet.u16(at + 2) < header) {
            return false;
        }
        packet.macHeader(0);
        packet.networkHeader(at);
        packet.transportHeader(at + header);
        return true;
    }

    private int ipOffset(Packet packet) {
        return switch (this) {
            case IP -> 0;
            case ETHER -> ether(packet);
            case NULL, LOOP -> family(packet);
            case SLL -> when(packet, 14, ETHERTYPE_IP, 16);
            case PPP -> ppp(packet);
            case PPP_HDLC -> when(packet, 2, PPP_IP, 4);
            case HDLC -> when(packet, 2, ETHERTYPE_IP, 4);
            case FDDI -> when(packet, 19, ETHERTYPE_IP, 21);
            case ATM -> when(packet, 6, ETHERTYPE_IP, 8);
            case SUNATM -> when(packet, 10, ETHERTYPE_IP, 12);
            case IEEE_802_11, PRISM, AIRONET, UNKNOWN -> NONE;
        };
    }

    private static int when(Packet packet, int typeAt, int type, int ipAt) {
        return packet.length() >= ipAt && packet.u16(typeAt) == type ? ipAt : NONE;
    }

    private static int ether(Packet packet) {
        int tagged = when(packet, 12, ETHERTYPE_VLAN, 16);
        return tagged == NONE
                ? when(packet, 12, ETHERTYPE_IP, 14)
                : when(packet, 16, ETHERTYPE_IP, 18);
    }

    private static int ppp(Packet packet) {
        boolean framed = packet.length() >= 2 && packet.u16(0) == 0xff03;
        return framed ? when(packet, 2, PPP_IP, 4) : when(packet, 0, PPP_IP, 2);
    }

    /** AF_INET is 2 everywhere, in the byte order of the machine that captured. */
    private static int family(Packet packet) {
        return packet.length() >= 4
                        && (packet.i32(0) == 2 || packet.i32(0) == Integer.reverseBytes(2))
                ? 4
                : NONE;
    }
}
