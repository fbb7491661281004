package vini.forwarder.elements.egress;

import io.netty.buffer.Unpooled;

import vini.forwarder.elements.icmp.ErrorWriter;
import vini.forwarder.elements.napt.Endpoint;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpSettings;
import vini.forwarder.host.tcp.TcpCall;
import vini.forwarder.io.Errno;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.TcpSockets;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;
import vini.time.Clock;

import java.io.IOException;

/**
 * A connection that a user wants with somebody outside: the user is answered as the one outside has
 * answered, and then all bytes are carried on.
 */
final class TcpSession extends Session implements Splice.Listener {
    /** What waits in this process for the kernel's own buffer, which is much larger. */
    private static final int OUTSIDE_BYTES_MAX = 64 * 1024;

    private final Side side;
    private final Clock clock;
    private final Budget budget;
    private final TcpCall call;
    private final int share;
    private final Splice splice = new Splice(this);
    private boolean isDecided;
    private boolean isOver;

    TcpSession(Side side, Clock clock, Budget budget, TcpCall call) {
        super(Endpoint.of(call.from().bits(), call.fromPort(), Ipv4Header.TCP), clock.nowNanos());
        this.side = side;
        this.clock = clock;
        this.budget = budget;
        this.call = call;
        share = budget.share();
    }

    /** Begins to connect. */
    void begin() {
        TcpSettings settings = new TcpSettings(0, Math.min(share, OUTSIDE_BYTES_MAX), true);
        try {
            TcpConnection outside =
                    side.open(
                            () ->
                                    side.outside.connect(
                                            call.to(), call.toPort(), splice.outside(), settings),
                            clock.nowNanos());
            splice.outsideBegins(outside);
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        if (e instanceof LibcException libc && !Side.isExhausted(e)) {
            boolean isForbidden = libc.errno() == Errno.EACCES || libc.errno() == Errno.EPERM;
            if (!isForbidden) {
                notConnected(TcpSockets.endOf(libc));
                return;
            }
        }
        side.counts.callsUnanswered.increment();
        decideUnreachable(Side.PROHIBITED);
        over();
    }

    /** The caller has given up. */
    void hungUp() {
        isDecided = true;
        splice.abort();
        over();
    }

    @Override
    public void connected() {
        isDecided = true;
        side.counts.callsAnswered.increment();
        splice.insideBegins(call.accept(splice.inside(), new TcpSettings(share, share, true)));
    }

    @Override
    public void notConnected(TcpEnd why) {
        switch (why) {
            case REFUSED -> {
                side.counts.callsRefused.increment();
                isDecided = true;
                call.refuse();
            }
            case UNREACHABLE -> {
                side.counts.callsUnreachable.increment();
                decideUnreachable(IcmpHeader.HOST_UNREACHABLE);
            }
            default -> {
                // The user's own retransmissions run out at the same time.
                side.counts.callsUnanswered.increment();
                isDecided = true;
                call.ignore();
            }
        }
        over();
    }

    private void decideUnreachable(int code) {
        byte[] syn = call.packet();
        isDecided = true;
        call.ignore();
        side.answers.tell(
                ErrorWriter.Kind.unreachable(code),
                call.from().bits(),
                Unpooled.wrappedBuffer(syn),
                0,
                syn.length);
    }

    @Override
    public void carriedOut(int bytes) {
        side.counts.bytesOut.add(bytes);
        use(clock.nowNanos());
    }

    @Override
    public void carriedIn(int bytes) {
        side.counts.bytesIn.add(bytes);
        use(clock.nowNanos());
    }

    @Override
    public void over() {
        if (leave()) {
            side.sessions.remove(this);
        }
    }

    private boolean leave() {
        boolean first = !isOver;
        isOver = true;
        if (first) {
            budget.release(share);
        }
        return first;
    }

    @Override
    void end(End why) {
        boolean _ = leave();
        splice.abort();
        if (!isDecided) {
            isDecided = true;
            call.ignore();
        }
    }

    /** Also a sign of life without any bytes counts. */
    @Override
    long usedNanos() {
        return Math.max(super.usedNanos(), call.heardNanos());
    }

    @Override
    long timeoutNanos() {
        if (!splice.isConnected()) {
            return side.settings.timeouts().opening();
        }
        return splice.isClosing()
                ? side.settings.timeouts().closing()
                : side.settings.timeouts().established();
    }

    @Override
    String text() {
        String state =
                !splice.isConnected() ? "opening" : splice.isClosing() ? "closing" : "established";
        return "tcp "
                + Endpoint.text(inside)
                + " => "
                + call.to()
                + ":"
                + call.toPort()
                + ", "
                + state;
    }
}
