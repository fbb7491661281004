package vini.forwarder;

/** The port counts and processing codes of an element class, read from its {@link ElementClass}. */
record PortShape(int inputsMin, int inputsMax, int outputsMin, int outputsMax, String processing) {
    static final int ANY = Integer.MAX_VALUE;

    static PortShape of(ElementClass about) {
        String[] sides = sides(about.ports());
        return new PortShape(
                low(sides[0]), high(sides[0]), low(sides[1]), high(sides[1]), about.processing());
    }

    private static String[] sides(String code) {
        int slash = code.indexOf('/');
        return slash < 0
                ? new String[] {code, code}
                : new String[] {code.substring(0, slash), code.substring(slash + 1)};
    }

    private static int low(String side) {
        int dash = side.indexOf('-');
        String low = dash < 0 ? side : side.substring(0, dash);
        return low.isEmpty() ? 0 : Integer.parseInt(low);
    }

    private static int high(String side) {
        int dash = side.indexOf('-');
        if (dash < 0) {
            return Integer.parseInt(side);
        }
        return dash == side.length() - 1 ? ANY : Integer.parseInt(side.substring(dash + 1));
    }

    /** The code of an input port: {@code h}, {@code l} or {@code a}. */
    char input(int port) {
        return at(sides(processing)[0], port);
    }

    /** The code of an output port: {@code h}, {@code l} or {@code a}. */
    char output(int port) {
        return at(sides(processing)[1], port);
    }

    private static char at(String side, int port) {
        return side.charAt(Math.min(port, side.length() - 1));
    }
}
