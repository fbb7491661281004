package vini.overlay.topology;

import vini.net.IpAddress;
import vini.net.Prefix;
import vini.overlay.json.ParsedKind;
import vini.overlay.json.ReadBy;

/**
 * The address of a link end and the length of the link's prefix.
 *
 * @param length 0-32 or 0-128
 */
@ReadBy(InterfaceAddress.Form.class)
public record InterfaceAddress(IpAddress address, int length) {
    /** Reads {@code 10.1.0.1/30}. */
    public static InterfaceAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has no length; write it as in \"10.1.0.1/30\"");
        }
        return new InterfaceAddress(
                IpAddress.parse(text.substring(0, slash)), Prefix.parse(text).length());
    }

    /** The prefix of the link. */
    public Prefix prefix() {
        return new Prefix(address, length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }

    static final class Form extends ParsedKind<InterfaceAddress> {
        Form() {
            super("10.1.0.1/30", InterfaceAddress::parse);
        }
    }
}
