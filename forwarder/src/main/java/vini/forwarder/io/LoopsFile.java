package vini.forwarder.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which node lives on which loop of a forwarder process: a line {@code NODE LOOP} each. Nodes that
 * are not named live on loop 0.
 *
 * @param loops how many there are, 1 to {@link #LOOPS_MAX}
 */
public record LoopsFile(int loops, Map<String, Integer> byNode) {
    /** More than any machine gains from. */
    public static final int LOOPS_MAX = 64;

    private static final String LINE = "\\S+ [0-9]{1,2}";

    /** Reads a file; without one there is one loop. */
    static LoopsFile read(Path file) throws IOException {
        Map<String, Integer> byNode = new LinkedHashMap<>();
        int loops = 1;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] word = line.strip().split(" +", 2);
                int loop = line.strip().matches(LINE) ? Integer.parseInt(word[1]) : LOOPS_MAX;
                if (loop >= LOOPS_MAX) {
                    throw new IOException(
                            "loops: '" + line + "' is not NODE LOOP like 'chin 1', below 64");
                }
                byNode.put(word[0], loop);
                loops = Math.max(loops, loop + 1);
            }
        }
        return new LoopsFile(loops, byNode);
    }

    /** The file's text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        byNode.forEach((node, loop) -> text.append(node).append(' ').append(loop).append('\n'));
        return text.toString();
    }

    /** The loop of a node. */
    int of(String node) {
        return byNode.getOrDefault(node, 0);
    }
}
