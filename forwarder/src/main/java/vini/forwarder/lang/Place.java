package vini.forwarder.lang;

/** A line of a text, as messages name it. */
public record Place(String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
