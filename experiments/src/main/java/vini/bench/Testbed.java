package vini.bench;

import vini.overlay.host.MachineException;
import vini.overlay.host.NetworkNamespace;

import java.io.IOException;
import java.util.List;

/**
 * The three machines of the paper's Figure 3, Src, Fwdr and Sink, as network namespaces with wires
 * (veth, MTU 1500) between them. The kernel forwards from Src to Sink, plainly and through two
 * VXLAN tunnels. All is gone when this is closed, and also when this process is killed.
 */
final class Testbed implements AutoCloseable {
    static final String SRC = "10.1.0.1";
    static final String FWD_SRC = "10.1.0.2";
    static final String FWD_SNK = "10.2.0.1";
    static final String SNK = "10.2.0.2";

    /** The same by VXLAN. */
    static final String VXLAN_SNK = "10.9.2.2";

    /** What UDP and IPv4 leave of the wires' 1500. */
    static final int TUNNEL_MTU = 1472;

    private static final int SECONDS = 10;

    /** A device by the machine that it is at. */
    private record Device(NetworkNamespace at, String name) {}

    private final NetworkNamespace src;
    private final NetworkNamespace fwd;
    private final NetworkNamespace snk;

    private Testbed(NetworkNamespace src, NetworkNamespace fwd, NetworkNamespace snk) {
        this.src = src;
        this.fwd = fwd;
        this.snk = snk;
    }

    /** Builds it. */
    static Testbed create() throws IOException, InterruptedException {
        Testbed bed =
                new Testbed(
                        NetworkNamespace.create(),
                        NetworkNamespace.create(),
                        NetworkNamespace.create());
        try {
            bed.wires();
            bed.vxlan();
            return bed;
        } catch (Throwable e) {
            bed.close();
            throw e;
        }
    }

    NetworkNamespace src() {
        return src;
    }

    NetworkNamespace fwd() {
        return fwd;
    }

    NetworkNamespace snk() {
        return snk;
    }

    private void wires() throws IOException, InterruptedException {
        for (NetworkNamespace machine : List.of(src, fwd, snk)) {
            machine.sysctl("ipv6/conf/all/disable_ipv6", "1");
            machine.sysctl("ipv6/conf/default/disable_ipv6", "1");
            ip(machine, "link set lo up");
        }
        fwd.sysctl("ipv4/ip_forward", "1");
        ip(src, "link add v1 type veth peer name v2 netns " + fwd.path());
        ip(snk, "link add v4 type veth peer name v3 netns " + fwd.path());
        up(src, "v1", SRC + "/30");
        up(fwd, "v2", FWD_SRC + "/30");
        up(fwd, "v3", FWD_SNK + "/30");
        up(snk, "v4", SNK + "/30");
        ip(src, "route add default via " + FWD_SRC);
        ip(snk, "route add default via " + FWD_SNK);
    }

    private void vxlan() throws IOException, InterruptedException {
        vxlan(src, "x1", 1, SRC, FWD_SRC, "10.9.1.1/30");
        vxlan(fwd, "x2", 1, FWD_SRC, SRC, "10.9.1.2/30");
        vxlan(fwd, "x3", 2, FWD_SNK, SNK, "10.9.2.1/30");
        vxlan(snk, "x4", 2, SNK, FWD_SNK, VXLAN_SNK + "/30");
        ip(src, "route add 10.9.2.0/30 via 10.9.1.2");
        ip(snk, "route add 10.9.1.0/30 via 10.9.2.1");
    }

    private static void vxlan(
            NetworkNamespace at, String name, int id, String local, String remote, String address)
            throws IOException, InterruptedException {
        try {
            ip(
                    at,
                    "link add "
                            + name
                            + " type vxlan id "
                            + id
                            + " local "
                            + local
                            + " remote "
                            + remote
                            + " dstport 4789");
        } catch (IOException e) {
            throw new MachineException("no VXLAN to compare with: " + e.getMessage(), e);
        }
        up(at, name, address);
    }

    private static void up(NetworkNamespace at, String device, String address)
            throws IOException, InterruptedException {
        ip(at, "address add " + address + " dev " + device);
        ip(at, "link set " + device + " up");
    }

    private static void ip(NetworkNamespace at, String words)
            throws IOException, InterruptedException {
        String[] command = ("ip " + words).split(" ", -1);
        String ignored = Program.run(at, SECONDS, command);
    }

    /** Lets all devices, or none, handle more than one packet at a time. */
    void offloads(boolean on) throws IOException {
        for (Device device :
                List.of(
                        new Device(src, "v1"),
                        new Device(fwd, "v2"),
                        new Device(fwd, "v3"),
                        new Device(snk, "v4"),
                        new Device(src, "x1"),
                        new Device(fwd, "x2"),
                        new Device(fwd, "x3"),
                        new Device(snk, "x4"))) {
            Offloads.set(device.at().path(), device.name(), on);
        }
    }

    @Override
    public void close() throws IOException {
        src.close();
        fwd.close();
        snk.close();
    }
}
