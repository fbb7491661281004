package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.Congestion;
import vini.forwarder.host.HostCounter;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;
import vini.net.wire.TcpHeader;
import vini.net.wire.TcpOptions;
import vini.time.Timer;

import java.util.function.Consumer;

/**
 * One end of a TCP connection: RFC 9293 3.10 with the checks of RFC 5961. The halves are {@link
 * Sender} and {@link Receiver}; this class is what ties them to states, segments and the program.
 */
final class Connection implements TcpConnection, Sender.Output {
    /** Twice the maximum segment lifetime, and how long a closed program's FIN-WAIT-2 may last. */
    static final long LINGER_NANOS = 60_000_000_000L;

    static final long DELAYED_ACK_NANOS = 40_000_000L;

    private final TcpStack stack;
    private final SegmentWriter writer;
    private final @Nullable Listener listener;
    private final Sender sender;
    private final Receiver receiver;
    private final SegmentArrival arrival;
    private final Timestamps timestamps;
    private final Timer delayedAck;
    private final Timer linger;
    private final Timer reading;
    private @Nullable TcpHandler handler;
    private TcpState state;
    private final TcpOptions options = new TcpOptions();
    private final Consumer<ByteBuf> delivery = this::deliver;
    private final Runnable tooManyGaps;
    private boolean scaled = true;
    private boolean sack = true;
    private boolean acknowledgeNow;
    private boolean wantsToWrite;
    private boolean shutdown;
    private boolean closedForReading;
    private boolean finCame;
    private boolean toldPeerClosed;
    private boolean ended;
    private long heardNanos;

    /**
     * A connection that has sent or received a SYN.
     *
     * @param first SYN_SENT or SYN_RECEIVED
     * @param listener says who handles it, if nobody does yet
     */
    Connection(
            TcpStack stack,
            TcpState first,
            SegmentWriter writer,
            @Nullable Listener listener,
            @Nullable TcpHandler handler,
            TcpSettings settings) {
        int initialSequence = stack.random().nextInt();
        this.stack = stack;
        this.writer = writer;
        this.listener = listener;
        this.handler = handler;
        this.state = first;
        this.timestamps = new Timestamps(stack.random().nextInt());
        this.receiver = new Receiver(settings.windowBytes());
        this.sender =
                new Sender(
                        stack.clock(),
                        stack.counters(),
                        this,
                        Integer.toUnsignedLong(initialSequence),
                        settings.sendBufferBytes(),
                        settings.noDelay(),
                        settings.congestion() == null ? Congestion.CUBIC : settings.congestion(),
                        TcpStack.MSS);
        this.arrival = new SegmentArrival(stack, this, sender, receiver, timestamps);
        this.delayedAck = stack.clock().timer(this::acknowledge);
        this.linger = stack.clock().timer(this::over);
        this.reading = stack.clock().timer(this::readWaiting);
        this.tooManyGaps = () -> stack.counters().add(HostCounter.TCP_OUT_OF_ORDER_FULL);
    }

    TcpState state() {
        return state;
    }

    Timestamps timestamps() {
        return timestamps;
    }

    Sender sender() {
        return sender;
    }

    SegmentWriter writer() {
        return writer;
    }

    /** A simultaneous open (RFC 9293 3.5, figure 8): the peer's SYN has crossed ours. */
    void answerCrossing() {
        state = TcpState.SYN_RECEIVED;
        sendSynAgain();
    }

    /** Repeats the SYN, with an acknowledgment of the peer's. */
    void sendSynAgain() {
        send(sender.una(), TcpHeader.SYN, sender.buffer(), 0);
    }

    /** An acknowledgment leaves when all of this segment is done. */
    void acknowledgeSoon() {
        acknowledgeNow = true;
    }

    /** TIME-WAIT begins again. */
    void lingerAgain() {
        linger.after(LINGER_NANOS);
    }

    /** When the peer sent something last, be it nothing but a sign of life. */
    long heardNanos() {
        return heardNanos;
    }

    /** RCV.NXT. */
    long receiveNext() {
        return receiver.next();
    }

    /** Answers the SYN that came to a listener. */
    void answer(Segment syn) {
        takeSyn(syn);
        sender.sendSyn();
    }

    void takeSyn(Segment syn) {
        TcpOptions offered = syn.options();
        long initial = Integer.toUnsignedLong(syn.sequence());
        scaled = offered.windowScale() != TcpOptions.ABSENT;
        sack = offered.sackPermitted();
        receiver.start(initial, scaled, sack);
        if (offered.timestamps()) {
            timestamps.start(offered.timestampValue());
        }
        // RFC 9293 3.7.1: 536 if the peer did not say; both ends count the options as payload.
        int peer = offered.mss() == TcpOptions.ABSENT ? 536 : offered.mss();
        int mss = Math.min(peer, TcpStack.MSS) - timestamps.bytes();
        sender.peerStarts(mss, scaled ? offered.windowScale() : 0, initial, syn.window(), sack);
    }

    /** A segment for this connection; its buffer is lent. */
    void input(Segment segment) {
        heardNanos = stack.clock().nowNanos();
        arrival.input(segment);
        if (state != TcpState.CLOSED) {
            settle();
        }
    }

    /** After all of a segment is done: sends what may go, acknowledges, lets the program write. */
    private void settle() {
        sender.transmit();
        if (wantsToWrite && roomToWrite() && state.maySend() && handler != null) {
            wantsToWrite = false;
            handler.writable(this);
        }
        if (acknowledgeNow) {
            acknowledge();
        }
    }

    private boolean roomToWrite() {
        SendBuffer buffer = sender.buffer();
        return buffer.free() >= Math.min(buffer.capacity() / 4, 2 * TcpStack.MSS);
    }

    void established() {
        to(TcpState.Event.SYN_ACKED);
        if (handler == null && listener != null) {
            handler = listener.accept(this);
        }
        if (handler != null) {
            handler.connected(this);
        }
        if (shutdown && state.maySend()) {
            to(TcpState.Event.SHUTDOWN);
            sender.finish();
        }
    }

    /** RFC 9293 3.10.7.4, seventh: the data; and eighth: FIN. */
    void text(Segment segment, long sequence) {
        if (!state.mayReceive()) {
            acknowledgeNow |= segment.sequenceLength() > 0;
            return;
        }
        if (closedForReading && segment.payloadBytes() > 0) {
            abort(); // RFC 9293 3.6.1: data that nobody will read
            return;
        }
        if (segment.payloadBytes() > 0 && sequence > receiver.next()) {
            stack.counters().add(HostCounter.TCP_OUT_OF_ORDER);
        }
        Receiver.Acknowledge when = receiver.accept(segment, sequence, delivery, tooManyGaps);
        if (when == Receiver.Acknowledge.NOW) {
            acknowledgeNow = true;
        } else if (when == Receiver.Acknowledge.LATER && !delayedAck.isSet()) {
            delayedAck.after(DELAYED_ACK_NANOS);
        }
        if (state != TcpState.CLOSED && receiver.passFin()) {
            acknowledgeNow = true;
            finCame = true;
            to(TcpState.Event.FIN_RECEIVED);
            tellPeerClosed();
        }
    }

    /** The program hears of the FIN when it has read all data before it. */
    private void tellPeerClosed() {
        if (finCame && !toldPeerClosed && !ended && !receiver.isWaiting() && handler != null) {
            toldPeerClosed = true;
            handler.peerClosed(this);
        }
    }

    private void deliver(ByteBuf data) {
        if (handler != null && !ended) {
            handler.received(this, data);
        }
    }

    private void readWaiting() {
        if (!ended && receiver.read(delivery)) {
            acknowledge();
        }
        tellPeerClosed();
        if (state == TcpState.TIME_WAIT || state == TcpState.CLOSED) {
            tellClosed();
        }
    }

    /** The program hears that both sides are done when it has read all that came before. */
    private void tellClosed() {
        tellPeerClosed();
        if (!receiver.isWaiting() || closedForReading) {
            notifyEnd(TcpEnd.CLOSED);
        }
    }

    /** The one place where events change the state. */
    void to(TcpState.Event event) {
        TcpState before = state;
        state = state.after(event);
        if (state == before) {
            return;
        }
        if (state == TcpState.TIME_WAIT) {
            linger.after(LINGER_NANOS);
            sender.stop();
            stack.lingers(this);
            tellClosed();
        } else if (state == TcpState.CLOSED) {
            over();
        } else if (state == TcpState.FIN_WAIT_2 && closedForReading) {
            linger.after(LINGER_NANOS);
        }
    }

    /** Acknowledges all that has come, at once. */
    void acknowledge() {
        if (state == TcpState.CLOSED) {
            return;
        }
        send(sender.bareSequence(), TcpHeader.ACK, sender.buffer(), 0);
    }

    @Override
    public void send(long sequence, int wantedFlags, SendBuffer data, int bytes) {
        boolean answer = state == TcpState.SYN_RECEIVED;
        int flags = answer ? wantedFlags | TcpHeader.ACK : wantedFlags;
        long now = stack.clock().nowNanos();
        boolean acknowledges = (flags & TcpHeader.ACK) != 0;
        int window = acknowledges ? receiver.windowField(flags) : receiver.firstWindowField();
        boolean bare = bytes == 0 && (flags & (TcpHeader.SYN | TcpHeader.RST)) == 0;
        boolean reports = acknowledges && receiver.hasReport();
        options.clear();
        if ((flags & TcpHeader.SYN) != 0) {
            offer(acknowledges, now);
        } else {
            timestamps.writeTo(options, now);
        }
        if (bare && reports) {
            receiver.report(options);
            stack.counters().add(HostCounter.TCP_SACK_OUT);
        }
        long next = acknowledges ? receiver.next() : 0;
        if (acknowledges) {
            // Data leaves no room for a report, so that a bare acknowledgment follows it.
            acknowledgeNow &= reports && !bare;
            delayedAck.cancel();
            receiver.acknowledgmentSent();
        }
        writer.send(sequence, next, flags, window, options, data, bytes);
    }

    /** A SYN offers all; its answer only what was offered (RFC 7323 2.2, 3.2, RFC 2018 2). */
    private void offer(boolean answer, long now) {
        options.setMss(TcpStack.MSS);
        if (!answer || scaled) {
            options.setWindowScale(receiver.shift());
        }
        if (!answer || sack) {
            options.permitSack();
        }
        if (!answer || timestamps.isOn()) {
            options.setTimestamps(timestamps.value(now), answer ? timestamps.recent() : 0);
        }
    }

    @Override
    public void giveUp() {
        end(TcpEnd.TIMED_OUT);
    }

    /** The end of all, without a word to the peer. */
    void end(TcpEnd how) {
        if (state != TcpState.CLOSED || !ended) {
            forget();
            reading.cancel();
            if (handler == null && listener != null) {
                listener.finished();
            }
            notifyEnd(how);
        }
    }

    /** The end by FINs, after which the program may still have to read. */
    private void over() {
        forget();
        tellClosed();
    }

    private void forget() {
        state = TcpState.CLOSED;
        sender.stop();
        delayedAck.cancel();
        linger.cancel();
        stack.remove(this);
    }

    private void notifyEnd(TcpEnd how) {
        if (!ended) {
            ended = true;
            if (handler != null) {
                handler.closed(this, how);
            }
        }
    }

    @Override
    public Ipv4Address remoteAddress() {
        return new Ipv4Address(writer.remote());
    }

    @Override
    public int remotePort() {
        return writer.remotePort();
    }

    @Override
    public int localPort() {
        return writer.localPort();
    }

    @Override
    public int write(ByteBuf data) {
        if (shutdown || !state.maySend()) {
            return 0;
        }
        int taken = sender.write(data);
        wantsToWrite |= data.isReadable();
        return taken;
    }

    @Override
    public long acknowledgedBytes() {
        return sender.acknowledgedBytes();
    }

    @Override
    public void pause() {
        receiver.pause();
    }

    @Override
    public void resume() {
        receiver.resume();
        if (!ended) {
            reading.after(0);
        }
    }

    @Override
    public void shutdown() {
        if (shutdown || state == TcpState.CLOSED) {
            return;
        }
        shutdown = true;
        if (state.maySend()) {
            to(TcpState.Event.SHUTDOWN);
            sender.finish();
        }
    }

    @Override
    public void close() {
        closedForReading = true;
        if (state == TcpState.SYN_SENT) {
            end(TcpEnd.ABORTED);
            return;
        }
        shutdown();
        if (state == TcpState.FIN_WAIT_2) {
            linger.after(LINGER_NANOS);
        }
    }

    @Override
    public void abort() {
        if (state == TcpState.CLOSED) {
            if (!ended) {
                end(TcpEnd.ABORTED); // what has come is not read any more
            }
            return;
        }
        if (state != TcpState.SYN_SENT && state != TcpState.TIME_WAIT) {
            send(sender.max(), TcpHeader.RST | TcpHeader.ACK, sender.buffer(), 0);
        }
        end(TcpEnd.ABORTED);
    }
}
