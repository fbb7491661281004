package vini.overlay.host;

import vini.net.Ipv4Address;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the machine must do with the packets of an egress: forward them, and send them on with an
 * address that the Internet knows the way back to. Nothing of it is changed unless the user says
 * so, and then it is undone at the end, also of a process that is killed.
 */
public final class MachineRouting implements AutoCloseable {
    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");

    /** What forwarding was before the first slice changed it. */
    private static final Path BEFORE = Path.of("/run/vini-ip-forward");

    private static final long PATIENCE_MS = 4000;

    /** The last slice puts forwarding back. */
    private static final String UNDO =
            "nft delete table ip $1; nft list tables ip | grep -q ' vini_' ||"
                    + " { [ -e $2 ] && cat $2 >$3 && rm $2; }";

    private final Afterwards undo;

    private MachineRouting(Afterwards undo) {
        this.undo = undo;
    }

    /** What stands in an egress' way as far as it can be seen, with the cure; empty if nothing. */
    public static List<String> obstacles(Ipv4Address address) throws IOException {
        List<String> sentences = new ArrayList<>();
        if (!forwards()) {
            sentences.add(
                    "the machine forwards no packets, so none leaves by the egress "
                            + address
                            + ": sysctl -w net.ipv4.ip_forward=1, or let --configure-host do it");
        }
        sentences.add(
                "the machine sends what leaves by the egress "
                        + address
                        + " on with that address; if nobody routes it back, masquerade it:"
                        + " --configure-host does so (nft: ip saddr "
                        + address
                        + " masquerade, at postrouting)");
        return sentences;
    }

    private static boolean forwards() throws IOException {
        return Files.readString(FORWARDING).strip().equals("1");
    }

    /**
     * Lets the machine forward, and masquerade one address.
     *
     * @param name of the rules; of this egress' own on the machine
     * @throws MachineException the machine cannot
     */
    public static MachineRouting configure(String name, Ipv4Address address) throws IOException {
        String table = "vini_" + name;
        Afterwards undo =
                Afterwards.of(UNDO, List.of(table, BEFORE.toString(), FORWARDING.toString()));
        try {
            nft(
                    """
                    table ip %s
                    delete table ip %s
                    table ip %s {
                        chain out {
                            type nat hook postrouting priority 100;
                            ip saddr %s masquerade
                        }
                    }
                    """
                            .formatted(table, table, table, address));
            if (!forwards()) {
                Files.writeString(BEFORE, "0\n");
                Files.writeString(FORWARDING, "1\n");
            }
            return new MachineRouting(undo);
        } catch (IOException e) {
            undo.close();
            throw e;
        }
    }

    private static void nft(String rules) throws IOException {
        Process nft;
        try {
            nft = new ProcessBuilder("nft", "-f", "-").redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new MachineException("--configure-host needs nft: install nftables", e);
        }
        try {
            nft.getOutputStream().write(rules.getBytes(StandardCharsets.US_ASCII));
            nft.getOutputStream().close();
            String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!nft.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS) || nft.exitValue() != 0) {
                throw new MachineException("nft does not take the rules: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            nft.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        undo.close();
    }
}
