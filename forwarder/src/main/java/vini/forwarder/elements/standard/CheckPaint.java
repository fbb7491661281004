package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Sends packets whose paint annotation is COLOR to output 0 and the others to output 1; without an
 * output 1 the others are dropped.
 *
 * <pre>{@code
 * ... -> own :: CheckPaint(255); own[0] -> ...; own[1] -> DecIPTTL -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "CheckPaint", ports = "1/1-2", processing = "h/h")
public final class CheckPaint extends Element {
    private int color;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter otherPaint;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        color = arguments.required("COLOR", Paint::color);
    }

    @Override
    protected void initialize() {
        otherPaint = drops("otherPaint");
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (packet.paint() == color) {
                output(0).add(packet);
            } else {
                addOrDrop(1, packet, otherPaint);
            }
        }
        batch.recycle();
        flushOutputs();
    }
}
