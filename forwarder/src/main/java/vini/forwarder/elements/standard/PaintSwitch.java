package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Packet;

/**
 * Sends each packet to the output that has the number of its paint annotation. A packet of paint
 * 255 goes to all outputs, each gets a copy; one for which there is no output is dropped.
 *
 * <p>Argument: ANNO, which annotation of one byte is looked at: a name or a place from 0 to 47
 * (default {@code PAINT}).
 *
 * <pre>{@code
 * ... -> p :: PaintSwitch; p[0] -> ...; p[1] -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "PaintSwitch",
        ports = "1/-",
        processing = "h/h",
        partialChecksums = PartialChecksums.PASSED,
        drops = "noSuchOutput")
public final class PaintSwitch extends Element {
    private static final int ALL = 255;

    private Annotation annotation = new Annotation(0, 1);
    private Counter sent = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noOutput;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        annotation = Paint.annotation(arguments);
    }

    @Override
    protected void initialize() {
        sent = sent();
        noOutput = drops("noSuchOutput");
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            int paint = (int) packet.annotation(annotation.at(), 1);
            if (paint == ALL) {
                for (int out = 1; out < outputs(); out++) {
                    sent.increment();
                    output(out).add(packet.share());
                }
            }
            addOrDrop(paint == ALL ? 0 : paint, packet, noOutput);
        }
        batch.recycle();
        flushOutputs();
    }
}
