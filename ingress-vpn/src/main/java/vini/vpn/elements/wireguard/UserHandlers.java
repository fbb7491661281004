package vini.vpn.elements.wireguard;

import vini.forwarder.io.Endpoint;
import vini.time.Clock;
import vini.vpn.wireguard.Device;
import vini.vpn.wireguard.Peer;

import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is asked and said of the users of a {@link WireGuard}; no answer has a secret in it. */
final class UserHandlers {
    private final Supplier<Device> device;
    private final Supplier<Clock> clock;
    private final IntSupplier family;
    private final Runnable changed;

    /**
     * Those of an element.
     *
     * @param device what it has now
     * @param clock of its loop
     * @param family of its port's address, as a socket has it
     * @param changed is run after users or their addresses have become others
     */
    UserHandlers(
            Supplier<Device> device, Supplier<Clock> clock, IntSupplier family, Runnable changed) {
        this.device = device;
        this.clock = clock;
        this.family = family;
        this.changed = changed;
    }

    void add(String line) {
        Peer _ = device.get().add(PeerLines.parse(line));
        changed.run();
    }

    void remove(String name) {
        boolean _ = device.get().remove(known(name).name());
        changed.run();
    }

    private Peer known(String name) {
        Peer peer = device.get().peer(name.strip());
        if (peer == null) {
            throw new IllegalArgumentException("there is no peer '" + name.strip() + "'");
        }
        return peer;
    }

    void endpoint(String line) {
        String[] words = line.strip().split("\\s+", 2);
        if (words.length != 2) {
            throw new IllegalArgumentException("it wants NAME ADDR:PORT");
        }
        known(words[0]).endpoint(Endpoint.parse(words[1]).on(family.getAsInt()));
    }

    void handshake(String name) {
        device.get().initiateSoon(known(name));
    }

    String publicKey() {
        return device.get().publicKey().toString();
    }

    String peers() {
        long time = clock.get().nowNanos();
        return device.get().peers().stream()
                .map(peer -> PeerLines.line(peer, time))
                .collect(Collectors.joining());
    }
}
