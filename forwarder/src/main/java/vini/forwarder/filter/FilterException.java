package vini.forwarder.filter;

/** What is wrong with one pattern, as a clause that ends a sentence; it has no stack trace. */
public final class FilterException extends Exception {
    public FilterException(String message) {
        super(message, null, false, false);
    }
}
