package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vini.net.IpAddress;
import vini.vpn.ClientConfig;
import vini.vpn.QrCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What a user's client is to do, and how its configuration is shown. */
final class VpnClientOptions {
    /** Translators on the way of laptops and phones forget UDP flows after some thirty seconds. */
    static final int KEEPALIVE_S = 25;

    private static final int PIXELS = 8;

    /** What a client sends into the slice. */
    enum Routes {
        ALL,
        SLICE
    }

    @Option(
            names = "--routes",
            paramLabel = "WHAT",
            description =
                    "What the client sends by the slice: all of its traffic, or slice: only what"
                            + " is for the slice and its users. Default: all.")
    private Routes routes = Routes.ALL;

    @Option(
            names = "--ipv4-only",
            description =
                    "Leave the client's IPv6 alone, which then goes past the slice. Else it comes"
                        + " to the slice, which refuses it at once, so that programs take IPv4. For"
                        + " clients on machines without IPv6.")
    private boolean ipv4Only;

    @Option(
            names = "--dns",
            paramLabel = "ADDRESS",
            description = "The resolver that the client is to use.")
    private List<String> dns = List.of();

    @Option(
            names = "--png",
            paramLabel = "FILE",
            description = "Write the QR code to a picture, which holds the private key.")
    private @Nullable Path png;

    boolean all() {
        return routes == Routes.ALL;
    }

    /** Whether the client sends IPv6 by the slice, too. */
    boolean takesIpv6() {
        return all() && !ipv4Only;
    }

    List<IpAddress> dns() {
        return dns.stream().map(word -> Values.parsed("--dns", word, IpAddress::parse)).toList();
    }

    /** Prints the file, and for people the code that phones read. */
    void print(ClientConfig config, Terminal terminal) throws IOException {
        String text = config.text();
        terminal.out().print(text);
        QrCode code = new QrCode(text);
        if (png != null) {
            if (Files.isDirectory(png)) {
                throw CommandException.wrongInput("--png: " + png + " is a folder");
            }
            write(png, code.png(PIXELS));
        }
        if (terminal.isTerminal()) {
            terminal.say("");
            terminal.say(code.terminal());
        }
    }

    /** Nobody else may read it. */
    private static void write(Path file, byte[] picture) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, picture);
    }
}
