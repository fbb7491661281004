package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.net.Ipv4Address;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection of the tests: takes so many bytes, and writes down what is done with it. */
final class FakeTcp implements TcpConnection {
    final TcpHandler handler;
    final StringBuilder got = new StringBuilder();
    final List<String> calls = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    boolean isPaused;
    boolean isOver;

    FakeTcp(TcpHandler handler) {
        this.handler = handler;
    }

    void says(String text) {
        handler.received(this, Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    void hasRoomFor(int bytes) {
        room = bytes;
        handler.writable(this);
    }

    void ends(TcpEnd how) {
        if (!isOver) {
            isOver = true;
            handler.closed(this, how);
        }
    }

    @Override
    public Ipv4Address remoteAddress() {
        return Ipv4Address.ANY;
    }

    @Override
    public int remotePort() {
        return 0;
    }

    @Override
    public int localPort() {
        return 0;
    }

    @Override
    public int write(ByteBuf data) {
        int bytes = Math.min(room, data.readableBytes());
        got.append(data.readCharSequence(bytes, StandardCharsets.US_ASCII));
        room -= bytes;
        return bytes;
    }

    @Override
    public long acknowledgedBytes() {
        return got.length();
    }

    @Override
    public void pause() {
        isPaused = true;
    }

    @Override
    public void resume() {
        isPaused = false;
    }

    @Override
    public void shutdown() {
        calls.add("shutdown after " + got.length());
    }

    @Override
    public void close() {
        calls.add("close");
    }

    @Override
    public void abort() {
        calls.add("abort");
        ends(TcpEnd.ABORTED);
    }
}
