package vini.overlay.keeper;

import vini.forwarder.host.app.HostApps;
import vini.forwarder.io.EventLoop;
import vini.overlay.host.NamespaceProgram;
import vini.overlay.world.Host;
import vini.overlay.world.Program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A host that is a network namespace: apps in this process, on a loop, with sockets of the
 * namespace, and real programs in it.
 */
final class KernelHost implements Host {
    private final Keeper keeper;
    private final EventLoop loop;
    private final String namespace;
    private final HostApps apps;
    private final List<NamespaceProgram> programs = new CopyOnWriteArrayList<>();

    KernelHost(Keeper keeper, EventLoop loop, String namespace, HostApps apps) {
        this.keeper = keeper;
        this.loop = loop;
        this.namespace = namespace;
        this.apps = apps;
    }

    @Override
    public void start(String name, String kind, String arguments) throws IOException {
        loop.call(
                () -> {
                    apps.start(name, kind, arguments);
                    return true;
                });
    }

    @Override
    public void stop(String name) throws IOException {
        loop.call(
                () -> {
                    apps.stop(name);
                    return true;
                });
    }

    @Override
    public void remove(String name) throws IOException {
        loop.call(
                () -> {
                    apps.remove(name);
                    return true;
                });
    }

    @Override
    public boolean isInForwarder() {
        return false;
    }

    @Override
    public String log(String name, long from) throws IOException {
        return loop.call(() -> apps.log(name, from));
    }

    @Override
    public Program run(List<String> command, Path folder, Program.Listener listener)
            throws IOException {
        NamespaceProgram program =
                NamespaceProgram.start(
                        namespace, keeper.namesFile(), folder, command, new OnWorker(listener));
        programs.add(program);
        return program::stop;
    }

    /** Takes what a program's threads say to the worker, which they wait for: that is the bound. */
    private final class OnWorker implements NamespaceProgram.Listener {
        private final Program.Listener listener;

        OnWorker(Program.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void said(long nanos, String line) {
            tell(() -> listener.said(nanos, line));
        }

        @Override
        public void ended(long nanos, int status) {
            tell(() -> listener.ended(nanos, status));
        }

        private void tell(Runnable word) {
            try {
                keeper.worker().run(word::run);
            } catch (IOException | IllegalStateException e) {
                // The slice has ended meanwhile, and nobody listens any more.
            }
        }
    }

    /** Ends the programs that are left; not on the worker, which must hear of it. */
    void endPrograms() {
        programs.forEach(NamespaceProgram::stop);
        programs.forEach(NamespaceProgram::end);
    }

    /** Ends the apps; on the loop. */
    void close() {
        apps.close();
    }
}
