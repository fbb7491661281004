package vini.forwarder;

/** A handler could not do what it was asked: the asker's mistake, told to the asker. */
public final class HandlerException extends Exception {
    /** Why, in the words of Click's ControlSocket. */
    public enum Kind {
        NO_SUCH_ELEMENT(510),
        NO_SUCH_HANDLER(511),
        HANDLER_ERROR(520),
        PERMISSION_DENIED(530);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The status code of the ControlSocket protocol. */
        public int code() {
            return code;
        }
    }

    private final Kind kind;

    public HandlerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** The handler ran, and did not like its argument. */
    public HandlerException(String message) {
        this(Kind.HANDLER_ERROR, message);
    }

    public Kind kind() {
        return kind;
    }
}
