package vini.forwarder;

import org.jspecify.annotations.Nullable;

/** Where the ports of a graph lead to that another has replaced: nothing comes, all is dropped. */
final class DeadEnd extends Element {
    private final DropCounter replaced;

    DeadEnd(DropCounter replaced) {
        this.replaced = replaced;
    }

    @Override
    public void push(int port, Batch batch) {
        replaced.drop(batch);
    }

    @Override
    public @Nullable Packet pull(int port) {
        return null;
    }
}
