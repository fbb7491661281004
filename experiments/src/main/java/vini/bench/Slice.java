package vini.bench;

import vini.overlay.host.KernelNamespace;
import vini.overlay.host.MachineException;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.StateFolder;
import vini.overlay.host.StateRoot;
import vini.overlay.host.Tree;
import vini.overlay.keeper.Keeper;
import vini.overlay.keeper.KeeperListener;
import vini.overlay.keeper.Outsiders;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.world.Holdings;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A live slice as {@code vini run} has it: this process is its keeper. */
final class Slice implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Seed SEED = new Seed(1);

    private final Keeper keeper;
    private final Holdings held;

    private Slice(Keeper keeper, Holdings held) {
        this.keeper = keeper;
        this.held = held;
    }

    /** Starts the slice of a topology, and waits until all routers know it. */
    static Slice start(String json) throws IOException, InterruptedException {
        Holdings held = new Holdings();
        try {
            Path folder = Files.createTempDirectory("vini-bench");
            held.add(() -> Tree.remove(folder));
            StateFolder state =
                    StateRoot.at(folder)
                            .take("bench")
                            .orElseThrow(() -> new MachineException(folder + " is taken"));
            held.add(state::close);
            Keeper keeper =
                    Keeper.start(
                            Chain.topology(json),
                            SEED,
                            state,
                            Outsiders.none(state.path().resolve("users")),
                            new KeeperListener() {});
            held.add(keeper::close);
            if (!keeper.awaitConverged(PATIENCE_NANOS)) {
                throw new MachineException("the slice has not converged after 30 s");
            }
            return new Slice(keeper, held);
        } catch (Throwable e) {
            held.closeAfter(e);
            throw e;
        }
    }

    Keeper keeper() {
        return keeper;
    }

    private Node node(int number) {
        return keeper.topology().nodes().get(number);
    }

    Link link(int number) {
        return keeper.topology().links().get(number);
    }

    /** The address of a node and of its host. */
    String address(int node) {
        return keeper.plan().routerId(node(node)).toString();
    }

    /** The namespace of a node's kernel host. */
    NetworkNamespace host(int node) throws MachineException {
        KernelNamespace host = keeper.hosts().namespace(node(node));
        if (host == null) {
            throw new MachineException("kernel hosts are not possible here");
        }
        return host.namespace();
    }

    /** The number of its process {@code forwarder}, {@code router} or {@code keeper}. */
    long pid(String process) throws IOException {
        return keeper.pids().getOrDefault(process, -1L);
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
