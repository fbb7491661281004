package vini.forwarder.elements.host;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.host.BuiltinStack;
import vini.forwarder.host.HostStack;
import vini.forwarder.host.IpOutput;
import vini.forwarder.host.app.HostApps;
import vini.net.Ipv4Address;
import vini.time.GatedClock;
import vini.time.Seed;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The node's builtin host: ICMP echo, UDP and TCP in this process, with the addresses that are
 * given; it sends from the first. Packets for the node go in, packets of the node come out. SEED
 * replaces the chance that the run gives it.
 *
 * <pre>{@code
 * host :: BuiltinHost(10.77.0.7);
 * host -> CheckIPHeader -> ...; fib[0] -> host;
 * }</pre>
 *
 * <p>Apps (see {@link HostApps} for kinds and keywords) run by handlers:
 *
 * <ul>
 *   <li>{@code start} (write): {@code NAME KIND ARGUMENTS}, as in {@code rtt ping DST 10.77.0.11,
 *       EVERY 100ms}
 *   <li>{@code stop} (write): {@code NAME}; its log stays
 *   <li>{@code remove} (write): {@code NAME}; its log goes, too
 *   <li>{@code log} (read): {@code NAME} and from which record on (0), as in {@code rtt 1400};
 *       answers as {@link HostApps#log}
 *   <li>{@code apps} (read): the names, one a line
 *   <li>{@code counters} (read): what the stack counted, {@code name value} a line
 * </ul>
 */
@AutoService(Element.class)
@ElementClass(name = "BuiltinHost", processing = "h/h")
public final class BuiltinHost extends Element {
    private List<Ipv4Address> addresses = List.of();
    private @Nullable Seed seed;
    private Counter sent = new Counter();
    private Counter delivered = new Counter();
    private boolean pushing;

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private GatedClock clock;

    @SuppressWarnings("NullAway.Init")
    private BuiltinStack stack;

    @SuppressWarnings("NullAway.Init")
    private Door door;

    @SuppressWarnings("NullAway.Init")
    private HostApps apps;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        seed =
                arguments
                        .keyword(
                                "SEED",
                                text -> Optional.of(new Seed(Long.parseLong(text))),
                                Optional.<Seed>empty())
                        .orElse(null);
        addresses = arguments.rest("ADDRESS", Ipv4Address::parse);
        if (addresses.isEmpty()) {
            throw new ConfigException("missing argument ADDRESS");
        }
    }

    @Override
    protected void initialize() {
        sent = sent();
        delivered = delivered();
        RandomGenerator random = seed == null ? chance() : seed.generator(name());
        door = new Door(this);
        clock = new GatedClock(loop().clock());
        stack = new BuiltinStack(clock, random, addresses, door);
        apps = new HostApps(stack);
    }

    /** The host, for programs in the same process. */
    public HostStack stack() {
        return stack;
    }

    /** Its apps, for who runs in the same process. */
    public HostApps apps() {
        return apps;
    }

    @Override
    public void push(int port, Batch batch) {
        boolean outer = pushing;
        pushing = true;
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            delivered.increment();
            // The stack gets bytes of its own: what must wait outlives this call.
            stack.input(packet.buffer().copy(packet.start(), packet.length()));
            packet.kill();
        }
        batch.recycle();
        pushing = outer;
        if (!pushing) {
            flushOutputs();
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.write("start", this::start);
        handlers.write("stop", name -> apps.stop(name.strip()));
        handlers.write("remove", name -> apps.remove(name.strip()));
        handlers.read("log", (Handlers.Read) this::log);
        handlers.read(
                "apps", () -> String.join("", apps.ids().stream().map(id -> id + "\n").toList()));
        handlers.read("counters", () -> stack.counters().text());
    }

    private void start(String value) throws HandlerException {
        String[] words = value.strip().split("\\s+", 3);
        if (words.length < 2) {
            throw new HandlerException(
                    "'" + value + "' is not NAME KIND ARGUMENTS like 'rtt ping DST 10.77.0.11'");
        }
        try {
            apps.start(words[0], words[1], words.length == 3 ? words[2] : "");
        } catch (IOException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }

    private String log(String argument) {
        String[] words = argument.strip().split("\\s+", 2);
        return apps.log(words[0], words.length == 2 ? Long.parseLong(words[1]) : 0);
    }

    /** A host of other addresses is another host; the same one goes on with all that it does. */
    @Override
    protected void takeState(Element old) {
        BuiltinHost other = (BuiltinHost) old;
        if (!addresses.equals(other.addresses)) {
            return;
        }
        GatedClock idleClock = clock;
        BuiltinStack idleStack = stack;
        HostApps idleApps = apps;
        Door idleDoor = door;
        clock = other.clock;
        stack = other.stack;
        apps = other.apps;
        door = other.door;
        door.owner = this;
        other.clock = idleClock;
        other.stack = idleStack;
        other.apps = idleApps;
        other.door = idleDoor;
        idleDoor.owner = other;
    }

    @Override
    protected void standStill() {
        clock.hold();
    }

    @Override
    protected void goOn() {
        clock.release();
    }

    @Override
    protected void close() {
        if (stack != null) {
            door.closed = true;
            apps.close();
            stack.close();
        }
    }

    /** Makes the stack's packets in the loop's pool, so that they go out as they are. */
    private static final class Door implements IpOutput {
        private BuiltinHost owner;
        private boolean closed;

        /** The packet that the stack is writing; it finishes one before it begins another. */
        private @Nullable Packet making;

        Door(BuiltinHost owner) {
            this.owner = owner;
        }

        @Override
        public ByteBuf buffer(int bytes) {
            if (making != null) {
                throw new IllegalStateException("a packet was begun inside of another");
            }
            making = owner.loop().packets().allocate(bytes);
            return making.buffer().setIndex(making.start(), making.start());
        }

        @Override
        public void send(ByteBuf bytes) {
            Packet packet = making;
            if (packet == null) {
                throw new IllegalStateException("no packet was begun");
            }
            making = null;
            bytes.readerIndex(0); // else who writes to its headroom later finds no room there
            if (closed) {
                packet.kill(); // the graph ends: who comes after may have gone
                return;
            }
            owner.sent.increment();
            if (owner.pushing) {
                owner.output(0).add(packet);
            } else {
                owner.output(0).push(packet);
            }
        }
    }
}
