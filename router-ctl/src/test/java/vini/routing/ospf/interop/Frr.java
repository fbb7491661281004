package vini.routing.ospf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FRR's zebra and ospfd in a namespace, with folders of their own. */
final class Frr {
    static final String ZEBRA = "/usr/lib/frr/zebra";
    static final String OSPFD = "/usr/lib/frr/ospfd";
    static final String VTYSH = "/usr/bin/vtysh";

    /** One that is not of MaxAge: FRR keeps what was flushed for a minute. */
    private static final Pattern LSA =
            Pattern.compile(
                    "^(\\S+)\\s+(\\S+)\\s+(?!3600)\\d+\\s+0x(\\p{XDigit}+)\\s+0x(\\p{XDigit}+)");

    private final PeerNamespace namespace;
    private final Process ospfd;

    private Frr(PeerNamespace namespace, Process ospfd) {
        this.namespace = namespace;
        this.ospfd = ospfd;
    }

    /** Starts both with those networks in the area. */
    static Frr start(PeerNamespace namespace, String routerId, String... networks)
            throws Exception {
        return start(namespace, routerId, List.of(), networks);
    }

    /**
     * Starts both; ospfd only when zebra listens, because else it waits for ten seconds.
     *
     * @param more lines for {@code router ospf}
     */
    static Frr start(
            PeerNamespace namespace, String routerId, List<String> more, String... networks)
            throws Exception {
        Path folder = namespace.folder();
        Path zebraConf = folder.resolve("zebra.conf");
        Files.writeString(zebraConf, "hostname frr\n");
        StringBuilder text = new StringBuilder();
        text.append("hostname frr\ninterface tun0\n ip ospf network point-to-point\n");
        text.append(" ip ospf hello-interval 1\n ip ospf dead-interval 4\nexit\n");
        text.append("router ospf\n ospf router-id ").append(routerId).append('\n');
        for (String network : networks) {
            text.append(" network ").append(network).append(" area 0\n");
        }
        text.append(" redistribute connected\n");
        more.forEach(line -> text.append(' ').append(line).append('\n'));
        Path ospfConf = folder.resolve("ospfd.conf");
        Files.writeString(ospfConf, text);
        Path api = folder.resolve("zserv.api");
        // They give up root, but must make their sockets here.
        PeerNamespace.run("chown", "-R", "frr:frr", folder.toString());
        namespace.start(command(ZEBRA, folder, zebraConf, "zebra"));
        for (int i = 0; !Files.exists(api); i++) {
            if (i == 100) {
                throw new IOException("zebra does not start: " + namespace.logs());
            }
            Thread.sleep(50);
        }
        return new Frr(namespace, namespace.start(command(OSPFD, folder, ospfConf, "ospfd")));
    }

    private static String[] command(String program, Path folder, Path config, String name) {
        return new String[] {
            program,
            "-P",
            "0",
            "-f",
            config.toString(),
            "-i",
            folder.resolve(name + ".pid").toString(),
            "-z",
            folder.resolve("zserv.api").toString(),
            "--vty_socket",
            folder.toString(),
            "--log",
            "file:" + folder.resolve(name + ".log")
        };
    }

    String show(String what) throws IOException {
        return namespace.inside(
                VTYSH, "--vty_socket", namespace.folder().toString(), "-c", "show " + what);
    }

    void kill() throws InterruptedException {
        ospfd.destroyForcibly().waitFor();
    }

    SortedSet<String> instances() throws IOException {
        SortedSet<String> all = new TreeSet<>();
        int type = 0;
        for (String line : show("ip ospf database").lines().toList()) {
            if (line.contains("Router Link States")) {
                type = 1;
            } else if (line.contains("Net Link States")) {
                type = 2;
            } else if (line.contains("AS External Link States")) {
                type = 5;
            }
            Matcher lsa = LSA.matcher(line);
            if (lsa.find()) {
                all.add(
                        TunRouter.instance(
                                type, lsa.group(1), lsa.group(2), lsa.group(3), lsa.group(4)));
            }
        }
        return all;
    }
}
