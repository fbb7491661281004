package vini.forwarder;

/** A count that one loop writes; others read it through a handler on that loop. */
public final class Counter {
    private long value;

    public void increment() {
        value++;
    }

    public void add(long n) {
        value += n;
    }

    public long value() {
        return value;
    }

    public void reset() {
        value = 0;
    }
}
