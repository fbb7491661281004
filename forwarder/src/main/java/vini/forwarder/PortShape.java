package vini.forwarder;

/**
 * The port counts and processing codes of an element class, read from its {@link ElementClass}.
 *
 * @param sameOutputs whether it must have as many outputs as inputs
 * @param ties which agnostic ports are of one kind
 */
record PortShape(
        int inputsMin,
        int inputsMax,
        int outputsMin,
        int outputsMax,
        boolean sameOutputs,
        Ties ties,
        String inputKinds,
        String outputKinds) {
    static final int ANY = Integer.MAX_VALUE;

    /** Which agnostic ports of an element are of one kind: all, those of one number, or none. */
    enum Ties {
        ALL,
        SAME_NUMBER,
        NONE
    }

    private static Ties ties(String flow) {
        return switch (flow) {
            case "#/#" -> Ties.SAME_NUMBER;
            case "x/y" -> Ties.NONE;
            default -> Ties.ALL;
        };
    }

    static PortShape of(ElementClass about) {
        String[] sides = sides(about.ports());
        String[] kinds = sides(about.processing());
        boolean same = sides[1].equals("=");
        String outputs = same ? sides[0] : sides[1];
        return new PortShape(
                low(sides[0]),
                high(sides[0]),
                low(outputs),
                high(outputs),
                same,
                ties(about.flow()),
                kinds[0],
                kinds[1]);
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
        return at(inputKinds, port);
    }

    /** The code of an output port: {@code h}, {@code l} or {@code a}. */
    char output(int port) {
        return at(outputKinds, port);
    }

    private static char at(String side, int port) {
        return side.charAt(Math.min(port, side.length() - 1));
    }
}
