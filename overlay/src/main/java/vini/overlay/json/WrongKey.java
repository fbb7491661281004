package vini.overlay.json;

/**
 * Thrown by a record's constructor where one of its components does not fit the others; the mistake
 * is reported at that component's key.
 */
public final class WrongKey extends IllegalArgumentException {
    private final String key;

    /**
     * A mistake at one key.
     *
     * @param key the JSON key
     * @param text what was found and what would be right
     */
    public WrongKey(String key, String text) {
        super(text);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
