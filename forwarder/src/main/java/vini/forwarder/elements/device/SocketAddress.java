package vini.forwarder.elements.device;

import vini.forwarder.AddressNames;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.io.Sockaddr;
import vini.net.Ipv4Address;

/** Where a socket is bound or connected to: an IPv4 address and a port, or a path. */
sealed interface SocketAddress {
    int PORT_MAX = 65_535;

    /** As the kernel wants it. */
    byte[] bytes();

    /** An address of UDP or TCP. */
    record Internet(Ipv4Address address, int port) implements SocketAddress {
        @Override
        public byte[] bytes() {
            return Sockaddr.ip(address, port);
        }

        @Override
        public String toString() {
            return address + ":" + port;
        }
    }

    /** A Unix socket in the file system. */
    record Local(String path) implements SocketAddress {
        @Override
        public byte[] bytes() {
            return Sockaddr.unix(path);
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** Reads an address and a port that must be there. */
    static Internet internet(Arguments arguments, AddressNames.Reader names)
            throws ConfigException {
        Ipv4Address address = arguments.required("IP", names::ip);
        return new Internet(
                address, arguments.required("PORT", ArgumentTypes.integer(0, PORT_MAX)));
    }

    /** Reads a path, which a Unix socket must be able to have. */
    static Local local(String text) {
        String path = ArgumentTypes.fileName(text);
        byte[] _ = Sockaddr.unix(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("the path is empty");
        }
        return new Local(path);
    }
}
