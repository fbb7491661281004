package vini.forwarder.lang;

/**
 * A mistake that ends the reading of a statement, or the expansion; it never leaves the package.
 */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Place place;
    private final String text;

    Refusal(Place place, String text) {
        super(text, null, false, false);
        this.place = place;
        this.text = text;
    }

    Place place() {
        return place;
    }

    String text() {
        return text;
    }
}
