package vini.overlay.world;

/** Takes a journal apart that is read bit by bit, and notices what is missing between the bits. */
public final class JournalLines {
    private final World.Listener listener;
    private long next;
    private long lost;

    public JournalLines(World.Listener listener) {
        this.listener = listener;
    }

    /** The number of the first line that was not read yet. */
    public long next() {
        return next;
    }

    /** Lines that were overwritten before they were read, over all processes so far. */
    public long lost() {
        return lost;
    }

    /** Another process has taken the place: its journal begins anew. */
    public void restart() {
        next = 0;
    }

    /** Tells the lines {@code NUMBER NANOS PLACE TEXT}; false if there are none. */
    public boolean take(String text) {
        long before = next;
        for (String line : text.split("\n", -1)) {
            String[] word = line.split(" ", 4);
            if (word.length == 4) {
                long number = Long.parseLong(word[0]);
                lost += number - next;
                next = number + 1;
                listener.happened(Long.parseLong(word[1]), word[2], word[3]);
            }
        }
        return next > before;
    }
}
