package vini.experiment.run;

/** One line of {@code routers.jsonl}: a change of state of a router's neighbour. */
public record NeighborRow(
        double timeS, String node, String neighbor, String from, String to, String event) {
    /** The line of the file, without its end. */
    public String line() {
        return new JsonLine()
                .seconds("t_s", timeS)
                .text("node", node)
                .text("neighbor", neighbor)
                .text("from", from)
                .text("to", to)
                .text("event", event)
                .end();
    }
}
