package vini.overlay.host;

import vini.net.IpAddress;
import vini.net.Ipv4Address;

/** An address of a device with the length of its prefix, such as 10.77.0.1/32. */
public record DeviceAddress(IpAddress address, int prefixLength) {
    public DeviceAddress {
        if (prefixLength < 0 || prefixLength > address.bitLength()) {
            throw new IllegalArgumentException(
                    "prefix length " + prefixLength + " is outside 0-" + address.bitLength());
        }
    }

    /** The address alone: a /32 or /128. */
    public static DeviceAddress host(IpAddress address) {
        return new DeviceAddress(address, address.bitLength());
    }

    boolean isIpv4() {
        return address instanceof Ipv4Address;
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
