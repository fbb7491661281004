package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any bytes, with any annotations, are pushed into every element that takes packets: it lives, the
 * books balance, nothing leaks. Elements are found by themselves, and configured as the example of
 * their manual says. Another seed: {@code -Dvini.fuzz=SEED}.
 */
class EveryElementFuzzTest {
    private static final long SEED = Long.getLong("vini.fuzz", 1);
    private static final int BURSTS = 12;
    private static final int BURST = 24;

    /** IPv4 with UDP, TCP and ICMP, an ARP request, IPv6, and a VLAN frame: to be mutated. */
    private static final List<byte[]> REAL =
            List.of(
                    bytes("4500002000010000401166ca0a0000010a000002003500350 00c0000 61626364"),
                    bytes(
                            "4500002c00010000400666c90a0000010a0000020050c350 00000001 00000000"
                                    + " 60022000 00000000 020405b4"),
                    bytes("4500001c00010000400166de0a0000010a0000020800f7ff00000000"),
                    bytes("46000020000100004001 0000 0a0000010a000002 83040400 0303fcfc 00000000"),
                    bytes(
                            "ffffffffffff0200000000010806 00010800060400010200000000010a000001"
                                    + "0000000000000a000002"),
                    bytes(
                            "0200000000020200000000010800"
                                    + "4500001c00010000400166de0a0000010a0000020800f7ff00000000"),
                    bytes("0200000000020200000000018100 0005 0800 4500001c0001000040010000"),
                    bytes(
                            "6000000000103aff fe800000000000000000000000000001"
                                    + " ff0200000000000000000001ff000002 8700000000000000"
                                    + " fe80000000000000"));

    private record Shape(int inputs, int outputs, boolean pull) {}

    @SuppressWarnings("NullAway.Init") // set by JUnit
    @TempDir
    private Path folder;

    private final Random chance = new Random(SEED);
    private final List<String> failures = new ArrayList<>();

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void livesAndBalancesWhateverBytesCome() {
        System.out.println("EveryElementFuzzTest: -Dvini.fuzz=" + SEED);
        List<String> alone = new ArrayList<>();
        int fuzzed = 0;
        for (String name : ElementClasses.names()) {
            Class<? extends Element> type = ElementClasses.type(name).orElseThrow();
            PortShape ports = PortShape.of(ElementClasses.about(type));
            if (ports.inputsMax() == 0
                    || type.getPackageName().equals(Inject.class.getPackageName())) {
                continue;
            }
            int before = fuzzed;
            for (String arguments : configurations(name)) {
                fuzzed += fuzz(name, arguments, ports) ? 1 : 0;
                if (fuzzed > before) {
                    break;
                }
            }
            if (fuzzed == before) {
                alone.add(name);
            }
        }
        System.out.println("  " + fuzzed + " classes; not in virtual time: " + alone);
        assertThat(failures).as("-Dvini.fuzz=" + SEED).isEmpty();
        assertThat(fuzzed).isGreaterThan(4 * alone.size());
    }

    /** What stands in the brackets after the name in its manual's example; then nothing. */
    private Set<String> configurations(String name) {
        Set<String> found = new LinkedHashSet<>();
        String manual = ElementManual.of(name);
        if (manual != null) {
            String example =
                    String.join("\n", manual.lines().filter(l -> l.startsWith("    ")).toList());
            Matcher use = Pattern.compile("\\b" + Pattern.quote(name) + "\\(").matcher(example);
            while (use.find()) {
                String arguments = bracket(example, use.end());
                boolean writes = name.startsWith("To") && name.endsWith("Dump");
                found.add(
                        writes
                                ? arguments.replaceFirst("[^,]*", folder.resolve("dump").toString())
                                : arguments);
            }
        }
        if (found.isEmpty() || !name.endsWith("Dump")) {
            found.add("");
        }
        return found;
    }

    private static String bracket(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return text.substring(from, i);
            }
        }
        return "";
    }

    /** Whether it could be started at all, with pushes or pulls, with few or many ports. */
    private boolean fuzz(String name, String arguments, PortShape ports) {
        boolean started = false;
        for (boolean pull : new boolean[] {false, true}) {
            Set<Shape> shapes = new LinkedHashSet<>();
            int outputs = Math.min(ports.outputsMax(), ports.outputsMin() + 4);
            int inputs = Math.max(ports.inputsMin(), 1);
            for (int extra = 0; extra < 3 && inputs + extra <= ports.inputsMax(); extra++) {
                for (int o = ports.outputsMin(); o <= outputs; o++) {
                    shapes.add(new Shape(inputs + extra, o, pull));
                }
            }
            int good = 0;
            for (Shape shape : shapes) {
                good += good < 3 && fuzz(name, arguments, ports, shape) ? 1 : 0;
            }
            started |= good > 0;
        }
        return started;
    }

    private static String graph(String name, String arguments, PortShape ports, Shape shape) {
        StringBuilder text = new StringBuilder("e :: " + name + "(" + arguments + ");\n");
        for (int i = 0; i < shape.inputs; i++) {
            boolean pull = ports.input(i) == 'l' || ports.input(i) == 'a' && shape.pull;
            text.append("in" + i + " :: Inject -> ")
                    .append(pull ? "Queue(20) -> " : "")
                    .append("[" + i + "] e;\n");
        }
        for (int o = 0; o < shape.outputs; o++) {
            boolean pull = ports.output(o) == 'l' || ports.output(o) == 'a' && shape.pull;
            text.append("e [" + o + "] -> ").append(pull ? "Unqueue -> " : "").append("Discard;\n");
        }
        return text.toString();
    }

    private boolean fuzz(String name, String arguments, PortShape ports, Shape shape) {
        String text = graph(name, arguments, ports, shape);
        GraphRun run = new GraphRun(SEED);
        try {
            Graph graph = run.start("n", text);
            for (int burst = 0; burst < BURSTS; burst++) {
                Inject inject = run.element("in" + chance.nextInt(shape.inputs), Inject.class);
                Packet[] packets = new Packet[1 + chance.nextInt(BURST)];
                for (int i = 0; i < packets.length; i++) {
                    packets[i] = packet(run);
                }
                inject.inject(packets);
                run.run(chance.nextInt(20) * GraphRun.MS);
            }
            long wrong = graph.ledger().imbalance(run.loop().packets().inUse());
            if (wrong != 0) {
                failures.add("the books are wrong by " + wrong + ":\n" + text + run.books());
            }
        } catch (ConfigException e) {
            return false;
        } catch (RuntimeException | AssertionError e) {
            failures.add(what(e) + "\n" + text);
            return true;
        }
        try {
            run.close();
        } catch (RuntimeException | AssertionError e) {
            failures.add("at its end: " + what(e) + "\n" + text);
        }
        return true;
    }

    private static String what(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        List<String> places = new ArrayList<>();
        for (StackTraceElement place : trace) {
            if (place.getClassName().startsWith("vini.") && places.size() < 4) {
                places.add(String.valueOf(place));
            }
        }
        return e + " at " + places;
    }

    private Packet packet(GraphRun run) {
        byte[] bytes;
        if (chance.nextInt(3) == 0) {
            bytes = new byte[chance.nextInt(8) == 0 ? chance.nextInt(1800) : chance.nextInt(64)];
            chance.nextBytes(bytes);
        } else {
            bytes = REAL.get(chance.nextInt(REAL.size())).clone();
            for (int i = chance.nextInt(4); i > 0; i--) {
                bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
            }
            if (chance.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, chance.nextInt(bytes.length + 40));
            }
        }
        Packet packet = run.loop().packets().copyOf(Unpooled.wrappedBuffer(bytes));
        if (chance.nextBoolean()) {
            packet.networkHeader(offset(bytes.length));
            packet.transportHeader(chance.nextBoolean() ? 20 : offset(bytes.length));
            packet.macHeader(offset(bytes.length));
            packet.destination(chance.nextInt());
            packet.paint(chance.nextInt(256));
            packet.type(PacketType.values()[chance.nextInt(PacketType.values().length)]);
        }
        return packet;
    }

    private int offset(int length) {
        return switch (chance.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 14;
            case 2 -> chance.nextInt(length + 1);
            default -> chance.nextInt(200) - 100;
        };
    }
}
