package vini.experiment.fuzz;

/** A number for all that happened in a run: equal for equal runs. */
final class Digest {
    private static final long PRIME = 0x100000001b3L;

    /** FNV-1a, as far as a long goes. */
    private long value = 0xcbf29ce484222325L;

    void add(long nanos, String place, String text) {
        add(nanos);
        add(place);
        add(text);
    }

    private void add(long number) {
        value = (value ^ number) * PRIME;
        value ^= value >>> 32;
    }

    private void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            value = (value ^ text.charAt(i)) * PRIME;
        }
        add(text.length());
    }

    long value() {
        return value;
    }
}
