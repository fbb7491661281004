package vini.cli;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import vini.experiment.LiveEvents;
import vini.forwarder.io.ProcessCalls;
import vini.overlay.host.StateFolder;
import vini.overlay.json.Problems;
import vini.overlay.keeper.Keeper;
import vini.overlay.keeper.KeeperListener;
import vini.overlay.keeper.Outsiders;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.overlay.world.Underlay;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** The keeper of a slice in the background; {@link UpCommand} starts it. */
@Command(
        name = "keep",
        hidden = true,
        header = "Hold a slice until it is taken down (\"vini up\" starts this).")
final class KeepCommand implements Callable<Integer>, KeeperListener {
    private static final Logger LOG = LoggerFactory.getLogger(KeepCommand.class);

    private final Slices slices;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable String hopeless;

    @Parameters(paramLabel = "TOPOLOGY", description = "The topology's JSON file.")
    private Path file = Path.of("");

    @Option(names = "--as", paramLabel = "NAME", description = "What the slice is called.")
    private @Nullable String as;

    @Mixin private SliceOptions overrides = new SliceOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    KeepCommand(Slices slices) {
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Topology topology = TopologyFile.read(file, new Problems());
        if (as != null) {
            topology = topology.withName(as);
        }
        if (overrides.hosts() != null) {
            topology = topology.withHosts(overrides.hosts());
        }
        if (overrides.tunnels() != null) {
            topology = topology.withTunnels(overrides.tunnels());
        }
        if (overrides.loops() != null) {
            topology = topology.withLoops(overrides.loops());
        }
        UserNamespace.enterFor(topology.hosts(), overrides, spec);
        ProcessCalls.setsid(); // After that, since one process can do it but once.
        Optional<StateFolder> state = slices.root().take(topology.name());
        if (state.isEmpty()) {
            throw CommandException.wrongInput(topology.name() + " is up already");
        }
        Seed seed = new Seed(overrides.seed() == null ? 1 : overrides.seed());
        try (var _ = Interruption.ofThisThread();
                Keeper keeper =
                        Keeper.start(
                                topology,
                                seed,
                                state.get(),
                                Outsiders.of(topology.name(), slices.environment())
                                        .configuring(overrides.configuresHost()),
                                this);
                LiveEvents events = new LiveEvents(keeper, seed)) {
            keeper.serve(over::countDown, events::addTo);
            over.await();
            String reason = hopeless;
            if (reason != null) {
                throw CommandException.machineCannot(reason);
            }
        } catch (InterruptedException e) {
            LOG.info("asked to end by a signal");
        }
        return Exit.GOOD.status();
    }

    @Override
    public void died(String process, int status, List<String> lastWords) {
        LOG.warn("the {} died with status {}: {}", process, status, lastWords);
    }

    @Override
    public void underlay(Underlay change) {
        LOG.warn("{}", change.words());
    }

    @Override
    public void notStarted(String process, String reason) {
        LOG.error("the {} cannot be started again: {}", process, reason);
    }

    @Override
    public void hopeless(String reason) {
        hopeless = reason;
        over.countDown();
    }

    @Override
    public void back(String process) {
        LOG.warn("the {} is back", process);
    }
}
