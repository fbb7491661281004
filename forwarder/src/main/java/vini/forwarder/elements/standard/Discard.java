package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Batch;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;

/**
 * Throws all packets away.
 *
 * <pre>{@code
 * ... -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code count} (read), {@code reset_counts} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "Discard", ports = "1/0", processing = "h/h")
public final class Discard extends Element {
    private final Counter count = new Counter();
    private Counter delivered = new Counter();

    @Override
    protected void initialize() {
        delivered = delivered();
    }

    @Override
    public void push(int port, Batch batch) {
        count.add(batch.size());
        delivered.add(batch.size());
        batch.kill();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value).write("reset_counts", value -> count.reset());
    }
}
