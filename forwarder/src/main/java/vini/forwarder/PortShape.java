package vini.forwarder;

/**
 * The port counts and processing codes of an element class, read from its {@link ElementClass}.
 *
 * @param sameOutputs whether it must have as many outputs as inputs
 * @param samePorts whether an agnostic input is tied to the output of its number only
 */
record PortShape(
        int inputsMin,
        int inputsMax,
        int outputsMin,
        int outputsMax,
        boolean sameOutputs,
        boolean samePorts,
        String inputKinds,
        String outputKinds) {
    static final int ANY = Integer.MAX_VALUE;

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
                about.flow().equals("#/#"),
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
