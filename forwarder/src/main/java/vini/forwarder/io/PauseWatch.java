package vini.forwarder.io;

import com.sun.management.GarbageCollectionNotificationInfo;

import vini.forwarder.HandlerException;
import vini.forwarder.control.HandlerSpace;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * How long this process has stood still to collect garbage. It costs nothing until somebody wants
 * to know, which one says by writing the handler {@code pauses}: that begins to count anew. Read,
 * it says {@code COUNT TOTAL_MS WORST_MS}.
 */
public final class PauseWatch {
    /** The handler that it adds to a process. */
    public static final String HANDLER = "pauses";

    private boolean watching;
    private long count;
    private long totalMs;
    private long worstMs;

    PauseWatch() {}

    /** The handlers of a process, and that of its pauses. */
    public static HandlerSpace over(HandlerSpace handlers) {
        PauseWatch watch = new PauseWatch();
        return new HandlerSpace() {
            @Override
            public String read(String path, String argument) throws HandlerException {
                return path.equals(HANDLER) ? watch.text() : handlers.read(path, argument);
            }

            @Override
            public void write(String path, String value) throws HandlerException {
                if (path.equals(HANDLER)) {
                    watch.begin();
                } else {
                    handlers.write(path, value);
                }
            }

            @Override
            public void checkRead(String path) throws HandlerException {
                if (!path.equals(HANDLER)) {
                    handlers.checkRead(path);
                }
            }

            @Override
            public void checkWrite(String path) throws HandlerException {
                if (!path.equals(HANDLER)) {
                    handlers.checkWrite(path);
                }
            }
        };
    }

    /** Counts from now on. */
    synchronized void begin() {
        count = 0;
        totalMs = 0;
        worstMs = 0;
        if (!watching) {
            watching = true;
            // The classes for it take a tenth of a second: not on a loop that moves packets.
            Thread.ofPlatform().daemon().name("pauses").start(this::listen);
        }
    }

    private void listen() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((told, nothing) -> hear(told), null, null);
            }
        }
    }

    private void hear(Notification told) {
        if (told.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
                && told.getUserData() instanceof CompositeData data) {
            GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
            // Collectors that work beside the program tell of their cycles, too: no pauses.
            if (!info.getGcName().contains("Cycles")) {
                paused(info.getGcInfo().getDuration());
            }
        }
    }

    synchronized void paused(long millis) {
        count++;
        totalMs += millis;
        worstMs = Math.max(worstMs, millis);
    }

    synchronized String text() {
        return count + " " + totalMs + " " + worstMs;
    }
}
