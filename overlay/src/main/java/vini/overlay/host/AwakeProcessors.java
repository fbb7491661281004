package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the machine's processors awake while something is measured. One that sleeps takes 15 to 150
 * us to wake up, and of a virtual machine it is given to others meanwhile, so that packets wait
 * until the host gives it back. Who holds the kernel's file open asks for it (PM QoS,
 * Documentation/power/pm_qos_interface.rst): the idle loop looks for work instead of sleeping, and
 * whoever wants the processor gets it at once. The kernel takes the wish back when the process
 * ends, however that happens.
 */
public final class AwakeProcessors implements AutoCloseable {
    private static final Path WISHES = Path.of("/dev/cpu_dma_latency");

    /** How long a processor may take to wake up, in microseconds: an integer of 32 bits. */
    private static final byte[] NO_TIME = new byte[Integer.BYTES];

    private final @Nullable OutputStream wish;
    private final String sentence;

    private AwakeProcessors(@Nullable OutputStream wish, String sentence) {
        this.wish = wish;
        this.sentence = sentence;
    }

    /** Keeps them awake if the kernel has that and the user may ask for it. */
    public static AwakeProcessors keep() {
        return keep(WISHES);
    }

    /** Likewise, by that file. */
    static AwakeProcessors keep(Path wishes) {
        try {
            OutputStream wish = Files.newOutputStream(wishes, StandardOpenOption.WRITE);
            try {
                wish.write(NO_TIME);
                return new AwakeProcessors(wish, "kept awake");
            } catch (IOException e) {
                wish.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            return new AwakeProcessors(null, "may sleep: this kernel has no " + wishes);
        } catch (AccessDeniedException e) {
            return new AwakeProcessors(null, "may sleep: only root may write " + wishes);
        } catch (IOException e) {
            return new AwakeProcessors(null, "may sleep: " + wishes + ": " + e.getMessage());
        }
    }

    /** Whether the kernel was asked. */
    public boolean areKept() {
        return wish != null;
    }

    /** {@code kept awake}, or {@code may sleep} and why. */
    public String sentence() {
        return sentence;
    }

    /** Lets them sleep again. */
    @Override
    public void close() {
        if (wish != null) {
            try {
                wish.close();
            } catch (IOException e) {
                // The kernel closes it with the process.
            }
        }
    }
}
