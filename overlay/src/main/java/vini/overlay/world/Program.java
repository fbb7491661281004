package vini.overlay.world;

/** A real program that runs on a host. It is used on the thread of the world's clock. */
public interface Program {
    /** Hears of a program, on the thread of the world's clock. */
    interface Listener {
        /**
         * The program has printed a line, be it output or an error.
         *
         * @param nanos when, on the clock
         * @param line without its end, and cut if it is very long
         */
        void said(long nanos, String line);

        /**
         * The program has ended, and all that it had started with it.
         *
         * @param nanos when, on the clock
         * @param status what it returned, or 128 and the number of the signal that ended it
         */
        void ended(long nanos, int status);
    }

    /**
     * Asks the program, and all that it has started, to end, and ends what is there after two
     * seconds. The listener hears of it later. A second call does nothing.
     */
    void stop();
}
