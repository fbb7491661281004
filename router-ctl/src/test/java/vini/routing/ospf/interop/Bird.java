package vini.routing.ospf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BIRD 2 in a namespace, with a socket of its own. */
final class Bird {
    static final String BIRD = "/usr/sbin/bird";
    static final String BIRDC = "/usr/sbin/birdc";

    private static final Pattern LSA =
            Pattern.compile(
                    "^\\s*(\\p{XDigit}{4})\\s+(\\S+)\\s+(\\S+)\\s+(\\p{XDigit}{8})\\s+(?!3600)\\d+\\s+(\\p{XDigit}{4})");

    private final PeerNamespace namespace;
    private final Process process;

    private Bird(PeerNamespace namespace, Process process) {
        this.namespace = namespace;
        this.process = process;
    }

    static Bird start(PeerNamespace namespace, String routerId) throws IOException {
        return start(namespace, routerId, "", "none");
    }

    /**
     * @param more of the configuration
     * @param export what OSPF announces of the world outside
     */
    static Bird start(PeerNamespace namespace, String routerId, String more, String export)
            throws IOException {
        Path folder = namespace.folder();
        Path config = folder.resolve("bird.conf");
        Files.writeString(
                config,
                """
                log "%s" all;
                router id %s;
                protocol device { scan time 1; }
                protocol kernel { ipv4 { export all; import none; }; }
                %s
                protocol ospf v2 vini {
                  ipv4 { import all; export %s; };
                  area 0 {
                    interface "tun0" { type ptp; hello 1; dead 4; };
                    interface "lo" { stub 1; };
                  };
                }
                """
                        .formatted(folder.resolve("bird.log"), routerId, more, export));
        return new Bird(
                namespace,
                namespace.start(
                        BIRD,
                        "-f",
                        "-c",
                        config.toString(),
                        "-s",
                        folder.resolve("bird.ctl").toString(),
                        "-P",
                        folder.resolve("bird.pid").toString()));
    }

    String show(String what) throws IOException {
        return tell("show " + what);
    }

    /** Gives a command; returns what it says to that. */
    String tell(String command) throws IOException {
        return namespace.inside(
                BIRDC, "-s", namespace.folder().resolve("bird.ctl").toString(), command);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    SortedSet<String> instances() throws IOException {
        SortedSet<String> all = new TreeSet<>();
        for (String line : show("ospf lsadb").lines().toList()) {
            Matcher lsa = LSA.matcher(line);
            if (lsa.find()) {
                all.add(
                        TunRouter.instance(
                                Integer.parseInt(lsa.group(1), 16) & 0xff,
                                lsa.group(2),
                                lsa.group(3),
                                lsa.group(4),
                                lsa.group(5)));
            }
        }
        return all;
    }
}
