package vini.bench;

import vini.forwarder.io.LibcException;
import vini.forwarder.io.ProcessCalls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processor time that was spent since this was made. */
final class Processor {
    private static final Path STAT = Path.of("/proc/stat");

    /** USER_HZ, which is 100 on every Linux that we run on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of the line {@code cpu}, after its name: user nice system idle iowait irq softirq. */
    private static final int IDLE = 3;

    private static final int IOWAIT = 4;
    private static final int GUEST = 8;

    /** A process, and what its row is called. */
    record Of(String name, long pid) {}

    private final List<Of> processes;
    private final long[] before;
    private final double machineBefore;

    Processor(List<Of> processes) throws IOException {
        this.processes = List.copyOf(processes);
        before = processes.stream().mapToLong(process -> nanos(process.pid())).toArray();
        machineBefore = machineSeconds();
    }

    /** Writes it to the sheet. */
    void report(Sheet sheet, String side) throws IOException {
        for (int i = 0; i < before.length; i++) {
            Of process = processes.get(i);
            sheet.cpu(side, process.name(), seconds(nanos(process.pid()) - before[i]));
        }
        sheet.cpu(side, "machine", machineSeconds() - machineBefore);
    }

    static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }

    /** Of a process so far; 0 for one that is gone. */
    static long nanos(long pid) {
        try {
            return ProcessCalls.cpuNanos((int) pid);
        } catch (LibcException e) {
            return 0;
        }
    }

    /** That all processors of the machine were busy with something, the kernel's work included. */
    static double machineSeconds() throws IOException {
        String[] fields = Files.readAllLines(STAT).getFirst().split(" +", -1);
        double ticks = 0;
        for (int i = 0; i < GUEST && i + 1 < fields.length; i++) {
            ticks += i == IDLE || i == IOWAIT ? 0 : Double.parseDouble(fields[i + 1]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
