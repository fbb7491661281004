package vini.bench;

import vini.forwarder.control.ControlClient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a packet costs in a configuration that makes packets as fast as it can and counts them by a
 * {@code c :: Counter}: of {@link Click}, and of ourselves with the same text.
 */
final class ClickMemory {
    private static final int WARM_UP_MS = 4000;
    private static final int CLICK_WARM_UP_MS = 1000;

    private ClickMemory() {}

    /**
     * The sides that are measured beside a scenario's own; none where no Click is.
     *
     * @param subject of their figures: nanoseconds
     * @param what is measured, for the names of sides and files: such as {@code 1,000 prefixes}
     * @param text of the configuration, written anew for each
     */
    static List<Side> sides(Sheet sheet, String subject, String what, Supplier<String> text) {
        List<Side> sides = new ArrayList<>();
        Click click = sheet.click();
        if (click == null) {
            return sides;
        }
        String file = what.replaceAll("[^A-Za-z0-9]+", "-");
        sides.add(side(sheet, subject, what, file, click, CLICK_WARM_UP_MS, text));
        sides.add(side(sheet, subject, what, file, click.ourselves(), WARM_UP_MS, text));
        return sides;
    }

    private static Side side(
            Sheet sheet,
            String subject,
            String what,
            String file,
            Click click,
            int warmUpMs,
            Supplier<String> text) {
        Guest guest = new Guest();
        String name = click.name() + ", " + what;
        Figure figure = guest.own(sheet.figure(subject, name, "ns"));
        return guest.side(
                name,
                () -> {
                    try (ClickProcess process = ClickProcess.start(click, file, null, text.get())) {
                        ControlClient control = process.await();
                        Thread.sleep(warmUpMs);
                        figure.add(nanos(sheet, process, control));
                    }
                });
    }

    /** Processor time of the whole process for each packet that came to the end. */
    private static double nanos(Sheet sheet, ClickProcess process, ControlClient control)
            throws IOException, InterruptedException {
        long packets = count(control);
        long before = Processor.nanos(process.pid());
        Thread.sleep(TimeUnit.SECONDS.toMillis(sheet.effort().seconds()));
        long after = Processor.nanos(process.pid());
        packets = count(control) - packets;
        process.mustRun();
        if (packets <= 0) {
            throw new IOException(process.name() + ".click has let no packet through");
        }
        return (double) (after - before) / packets;
    }

    private static long count(ControlClient control) throws IOException {
        return Long.parseLong(control.read("c.count").strip());
    }
}
