package vini.forwarder.elements.script;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.lang.ConfigText;

import java.nio.ByteOrder;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The handlers of a script that are more than calculation: its variables, chance, time, files. */
final class ScriptHandlers {
    private static final long RANDOM_MAX = Integer.MAX_VALUE;

    /** Sends a signal. */
    interface Kill {
        void kill(int process, String signal) throws HandlerException;
    }

    private ScriptHandlers() {}

    static void clock(Handlers handlers, LongSupplier epochNanos) {
        handlers.read(
                "now",
                () -> {
                    long nanos = epochNanos.getAsLong();
                    return "%d.%09d".formatted(nanos / 1_000_000_000, nanos % 1_000_000_000);
                });
    }

    static void chance(Handlers handlers, RandomGenerator chance) {
        handlers.read(
                "random",
                (String text) -> {
                    List<String> words = ConfigText.words(text);
                    if (words.size() > 2) {
                        throw new IllegalArgumentException("it takes at most two numbers");
                    }
                    long low = words.size() == 2 ? whole(words.get(0)) : 0;
                    long high =
                            switch (words.size()) {
                                case 0 -> RANDOM_MAX;
                                case 1 -> whole(words.get(0)) - 1;
                                default -> whole(words.get(1));
                            };
                    if (high < low) {
                        throw new IllegalArgumentException("there is no number in that range");
                    }
                    return "" + (low + chance.nextLong(high - low + 1));
                });
    }

    /** Numbers of 62 bits, so that a range's size is a number, too. */
    private static long whole(String text) {
        return ArgumentTypes.integer(-(1L << 62), (1L << 62) - 1).apply(text);
    }

    static void variables(Handlers handlers, Variables variables) {
        handlers.read("get", (String name) -> value(variables, name.strip()));
        handlers.write(
                "set",
                text -> {
                    String[] parts = text.strip().split("\\s+", 2);
                    variables.set(parts[0], parts.length > 1 ? parts[1] : "");
                });
        handlers.read(
                "shift",
                (String name) -> {
                    String[] parts = value(variables, name.strip()).strip().split("\\s+", 2);
                    variables.set(name.strip(), parts.length > 1 ? parts[1] : "");
                    return parts[0];
                });
    }

    private static String value(Variables variables, String name) throws HandlerException {
        String value = variables.get(name);
        if (value == null) {
            throw new HandlerException("there is no variable '" + name + "'");
        }
        return value;
    }

    /** Bytes of numbers in the order of this machine and of the network. */
    static void byteOrder(Handlers handlers) {
        for (String name : new String[] {"htons", "ntohs"}) {
            handlers.read(
                    name,
                    (String text) -> {
                        short number =
                                (short) ArgumentTypes.integer(0, 0xffff).apply(text).intValue();
                        return "" + ((isLittle() ? Short.reverseBytes(number) : number) & 0xffff);
                    });
        }
        for (String name : new String[] {"htonl", "ntohl"}) {
            handlers.read(
                    name,
                    (String text) -> {
                        int number =
                                (int)
                                        ArgumentTypes.integer(0L, 0xffffffffL)
                                                .apply(text)
                                                .longValue();
                        return Integer.toUnsignedString(
                                isLittle() ? Integer.reverseBytes(number) : number);
                    });
        }
    }

    private static boolean isLittle() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    /** What only this machine's own elements may ask for: files and signals. */
    static void inside(Handlers handlers, Kill kill) {
        handlers.readInside("cat", text -> ScriptFiles.read(ConfigText.unquote(text.strip())));
        handlers.readInside(
                "catq",
                text -> ConfigText.quote(ScriptFiles.read(ConfigText.unquote(text.strip()))));
        handlers.readInside(
                "kill",
                text -> {
                    List<String> words = ConfigText.words(text);
                    if (words.size() < 2) {
                        throw new HandlerException("it takes a signal and process numbers");
                    }
                    for (String process : words.subList(1, words.size())) {
                        // Groups of processes, and all of them, have numbers below 1.
                        kill.kill(
                                ArgumentTypes.integer(1, Integer.MAX_VALUE).apply(process),
                                words.getFirst());
                    }
                    return "";
                });
    }

    /** Whether all of the handlers that are named can be read, or written. */
    static void permissions(Handlers handlers, Supplier<HandlerSpace> all) {
        handlers.read("readable", (String names) -> "" + areAll(all.get(), names, false));
        handlers.read("writable", (String names) -> "" + areAll(all.get(), names, true));
    }

    private static boolean areAll(HandlerSpace handlers, String names, boolean write) {
        for (String name : ConfigText.words(names)) {
            try {
                if (write) {
                    handlers.checkWrite(name);
                } else {
                    handlers.checkRead(name);
                }
            } catch (HandlerException e) {
                return false;
            }
        }
        return true;
    }
}
