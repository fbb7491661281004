package vini.overlay.world;

import vini.overlay.host.MachineException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A host that is an element of its node's graph: its apps live in the forwarder.
 *
 * @param node whose host it is
 * @param reader reads the forwarder's handlers
 * @param writer writes them
 */
public record BuiltinHost(String node, Reader reader, Writer writer) implements Host {
    /** Reads a handler of the forwarder. */
    public interface Reader {
        String read(String handler, String argument) throws IOException;
    }

    /** Writes a handler of the forwarder. */
    public interface Writer {
        void write(String handler, String value) throws IOException;
    }

    private String handler(String name) {
        return node + "/host." + name;
    }

    @Override
    public void start(String name, String kind, String arguments) throws IOException {
        writer.write(handler("start"), name + " " + kind + " " + arguments);
    }

    @Override
    public void stop(String name) throws IOException {
        writer.write(handler("stop"), name);
    }

    @Override
    public void remove(String name) throws IOException {
        writer.write(handler("remove"), name);
    }

    @Override
    public boolean isInForwarder() {
        return true;
    }

    @Override
    public String log(String name, long from) throws IOException {
        return reader.read(handler("log"), name + " " + from);
    }

    @Override
    public Program run(List<String> command, Path folder, Program.Listener listener)
            throws IOException {
        throw new MachineException(
                "the host of " + node + " is builtin, and no program can run there");
    }
}
