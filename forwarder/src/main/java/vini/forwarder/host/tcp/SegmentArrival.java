package vini.forwarder.host.tcp;

import vini.forwarder.host.HostCounter;
import vini.forwarder.host.RateLimit;
import vini.forwarder.host.TcpEnd;
import vini.net.wire.TcpHeader;

/** "SEGMENT ARRIVES", RFC 9293 3.10.7, for one connection, with RFC 5961 and RFC 7323. */
final class SegmentArrival {
    /** To segments that carry nothing: two ends that disagree must not talk for ever. */
    private static final int ANSWERS_PER_SECOND = 10;

    private final TcpStack stack;
    private final Connection connection;
    private final Sender sender;
    private final Receiver receiver;
    private final Timestamps timestamps;
    private final RateLimit answers = new RateLimit(ANSWERS_PER_SECOND, ANSWERS_PER_SECOND);

    SegmentArrival(
            TcpStack stack,
            Connection connection,
            Sender sender,
            Receiver receiver,
            Timestamps timestamps) {
        this.stack = stack;
        this.connection = connection;
        this.sender = sender;
        this.receiver = receiver;
        this.timestamps = timestamps;
    }

    void input(Segment segment) {
        if (connection.state() == TcpState.SYN_SENT) {
            inSynSent(segment);
        } else {
            inSynchronized(segment);
        }
    }

    private long echoed(Segment segment) {
        return timestamps.roundTripNanos(segment.options(), stack.clock().nowNanos());
    }

    /** RFC 9293 3.10.7.3. */
    private void inSynSent(Segment segment) {
        long acknowledgment = Sequence.unwrap(sender.una(), segment.acknowledgment());
        boolean acknowledges = segment.has(TcpHeader.ACK);
        if (acknowledges && (acknowledgment <= sender.una() || acknowledgment > sender.max())) {
            if (!segment.has(TcpHeader.RST)) {
                stack.reset(segment);
            }
            return;
        }
        if (segment.has(TcpHeader.RST)) {
            if (acknowledges) {
                connection.end(TcpEnd.REFUSED);
            }
            return;
        }
        if (!segment.has(TcpHeader.SYN)) {
            return;
        }
        if (acknowledges) {
            sender.acknowledged(
                    Integer.toUnsignedLong(segment.sequence()),
                    acknowledgment,
                    segment.window(),
                    true,
                    -1,
                    segment.options());
        }
        connection.takeSyn(segment);
        if (!acknowledges) {
            connection.answerCrossing();
            return;
        }
        connection.acknowledgeSoon();
        connection.established();
    }

    /** RFC 9293 3.10.7.4, in its order. */
    private void inSynchronized(Segment segment) {
        long sequence = Sequence.unwrap(receiver.next(), segment.sequence());
        if (!first(segment, sequence)
                || !second(segment, sequence)
                || !fourth(segment)
                || !fifth(segment, sequence)) {
            return;
        }
        connection.text(segment, sequence);
    }

    /** First: the sequence number, and RFC 7323 5.3. */
    private boolean first(Segment segment, long sequence) {
        boolean reset = segment.has(TcpHeader.RST);
        boolean old = !reset && timestamps.isOld(segment.options());
        if (!old && receiver.isAcceptable(sequence, segment.sequenceLength())) {
            timestamps.heard(segment.options(), sequence, receiver.acknowledged());
            return true;
        }
        stack.counters().add(HostCounter.TCP_UNACCEPTABLE);
        if (reset) {
            return false;
        }
        boolean call = segment.has(TcpHeader.SYN) && !segment.has(TcpHeader.ACK);
        if (call && connection.state() == TcpState.SYN_RECEIVED) {
            connection.sendSynAgain();
        } else if (segment.sequenceLength() > 0) {
            if (!old && segment.payloadBytes() > 0) {
                receiver.noticeOld(sequence, sequence + segment.payloadBytes());
            }
            connection.acknowledgeSoon(); // ours was lost; or this one is a probe
            if (connection.state() == TcpState.TIME_WAIT) {
                connection.lingerAgain();
            }
        } else {
            answerLimited();
        }
        return false;
    }

    /** Second and third: RST and SYN, with RFC 5961 3.2 and 4.2. */
    private boolean second(Segment segment, long sequence) {
        if (segment.has(TcpHeader.RST)) {
            if (connection.state() == TcpState.TIME_WAIT) {
                return false; // RFC 1337
            }
            if (sequence != receiver.next()) {
                challenge();
            } else if (connection.state() == TcpState.SYN_RECEIVED) {
                connection.end(TcpEnd.REFUSED);
            } else {
                connection.end(TcpEnd.RESET);
            }
            return false;
        }
        if (segment.has(TcpHeader.SYN)) {
            challenge();
            return false;
        }
        return segment.has(TcpHeader.ACK);
    }

    /** Fifth, in part: SYN-RECEIVED becomes ESTABLISHED. */
    private boolean fourth(Segment segment) {
        if (connection.state() != TcpState.SYN_RECEIVED) {
            return true;
        }
        long acknowledgment = Sequence.unwrap(sender.una(), segment.acknowledgment());
        if (acknowledgment <= sender.una() || acknowledgment > sender.max()) {
            stack.reset(segment);
            return false;
        }
        sender.acknowledged(
                receiver.next(),
                acknowledgment,
                segment.window(),
                false,
                echoed(segment),
                segment.options());
        connection.established();
        return connection.state() != TcpState.CLOSED;
    }

    /** Fifth: the acknowledgment, with RFC 5961 5.2. */
    private boolean fifth(Segment segment, long sequence) {
        long acknowledgment = Sequence.unwrap(sender.una(), segment.acknowledgment());
        if (acknowledgment > sender.max() || sender.isTooOld(acknowledgment)) {
            challenge();
            return false;
        }
        sender.acknowledged(
                sequence,
                acknowledgment,
                segment.window(),
                segment.sequenceLength() == 0,
                echoed(segment),
                segment.options());
        if (sender.isFinAcknowledged()) {
            connection.to(TcpState.Event.FIN_ACKED);
        }
        return connection.state() != TcpState.CLOSED;
    }

    /** RFC 5961: asks the peer, if it is the peer, to say it again. */
    private void challenge() {
        stack.counters().add(HostCounter.TCP_CHALLENGED);
        answerLimited();
    }

    private void answerLimited() {
        if (answers.allow(stack.clock().nowNanos())) {
            connection.acknowledge();
        } else {
            stack.counters().add(HostCounter.ANSWER_LIMITED);
        }
    }
}
