package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Passes packets on unchanged and counts them, their bytes, and how many there are a second.
 *
 * <p>Keywords: COUNT_CALL, {@code N HANDLER [VALUE]}: when the N-th packet has been counted, and
 * before it goes on, writes VALUE to the handler; BYTE_COUNT_CALL, likewise when the count of bytes
 * reaches N or goes beyond it. The rates are averages that forget exponentially, with a time
 * constant of 1 s.
 *
 * <pre>{@code
 * ... -> c :: Counter(COUNT_CALL 1000 stop) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code byte_count}, {@code rate} (packets a second), {@code
 * bit_rate}, {@code byte_rate} (read), {@code reset}, {@code reset_counts} (write: all to zero),
 * {@code count_call}, {@code byte_count_call} (write: {@code N [HANDLER [VALUE]]}).
 */
@AutoService(Element.class)
@ElementClass(name = "Counter", partialChecksums = PartialChecksums.PASSED)
public final class PacketCounter extends Element {
    private final Counter packets = counter();
    private final Counter bytes = counter();
    private RateAverage packetRate = new RateAverage();
    private RateAverage byteRate = new RateAverage();
    private CountTrigger countCall = CountTrigger.NONE;
    private CountTrigger byteCountCall = CountTrigger.NONE;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        countCall = arguments.keyword("COUNT_CALL", CountTrigger::parse, CountTrigger.NONE);
        byteCountCall =
                arguments.keyword("BYTE_COUNT_CALL", CountTrigger::parse, CountTrigger.NONE);
    }

    @Override
    public void push(int port, Batch batch) {
        if (!countCall.isSet() && !byteCountCall.isSet()) {
            long length = 0;
            for (int i = 0; i < batch.size(); i++) {
                length += batch.get(i).length();
            }
            count(batch.size(), length);
            output(0).push(batch);
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (reaches(packet)) {
                // Those in front are past before the handler is written, as if each came alone.
                output(0).flush();
            }
            output(0).add(simpleAction(packet));
        }
        batch.recycle();
        flushOutputs();
    }

    private void count(int number, long length) {
        packets.add(number);
        bytes.add(length);
        long now = loop().clock().nowNanos();
        packetRate.add(now, number);
        byteRate.add(now, length);
    }

    private boolean reaches(Packet packet) {
        return countCall.isReached(packets.value(), packets.value() + 1)
                || byteCountCall.isReached(bytes.value(), bytes.value() + packet.length());
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        boolean byCount = countCall.isReached(packets.value(), packets.value() + 1);
        boolean byBytes = byteCountCall.isReached(bytes.value(), bytes.value() + packet.length());
        count(1, packet.length());
        if (byCount) {
            write(countCall);
        }
        if (byBytes) {
            write(byteCountCall);
        }
        return packet;
    }

    private void write(CountTrigger trigger) {
        try {
            trigger.write(graph(), name());
        } catch (HandlerException e) {
            chatter(name() + ": " + e.getMessage());
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", packets::value).read("byte_count", bytes::value);
        handlers.read("rate", () -> RateAverage.text(rate(packetRate)));
        handlers.read("byte_rate", () -> RateAverage.text(rate(byteRate)));
        handlers.read("bit_rate", () -> RateAverage.text(8 * rate(byteRate)));
        handlers.write("reset", value -> reset()).write("reset_counts", value -> reset());
        handlers.write("count_call", value -> countCall = CountTrigger.parse(value));
        handlers.write("byte_count_call", value -> byteCountCall = CountTrigger.parse(value));
    }

    private double rate(RateAverage average) {
        return average.perSecond(loop().clock().nowNanos());
    }

    private void reset() {
        packets.reset();
        bytes.reset();
        packetRate.reset();
        byteRate.reset();
    }

    @Override
    protected void takeState(Element old) {
        PacketCounter other = (PacketCounter) old;
        packetRate = other.packetRate;
        byteRate = other.byteRate;
        if (isConfiguredAs(other)) {
            countCall = other.countCall;
            byteCountCall = other.byteCountCall;
        }
    }
}
