package vini.experiment.event;

import vini.experiment.run.Turn;
import vini.overlay.world.Cause;
import vini.overlay.world.SliceProcess;

/** The acts of events by which nodes and processes are gone or stand still. */
final class Breakdowns {
    private Breakdowns() {}

    /** The node is gone. */
    static Act crash(String node, Cause cause) {
        return Act.of(
                Deed.node("crash", Turn.WORSE, node, null, "crash " + node),
                world -> world.crash(Failures.node(world, node), cause));
    }

    /** The node comes again, if no other cause keeps it down. */
    static Act start(String node, Cause cause) {
        Deed deed = Deed.node("start", Turn.BETTER, node, null, "start " + node);
        return new Act(deed, world -> world.start(Failures.node(world, node), cause) ? deed : null);
    }

    /** The node stands still. */
    static Act freeze(String node, Cause cause) {
        return Act.of(
                Deed.node("freeze", Turn.WORSE, node, null, "freeze " + node),
                world -> world.freeze(Failures.node(world, node), cause));
    }

    /** The node goes on, if no other cause holds it. */
    static Act thaw(String node, Cause cause) {
        Deed deed = Deed.node("thaw", Turn.BETTER, node, null, "thaw " + node);
        return new Act(deed, world -> world.thaw(Failures.node(world, node), cause) ? deed : null);
    }

    /** The process stands still. */
    static Act freeze(SliceProcess process, Cause cause) {
        return Act.of(
                Deed.process("freeze", Turn.WORSE, process.toString()),
                world -> world.freeze(process, cause));
    }

    /** The process goes on, if no other cause holds it. */
    static Act thaw(SliceProcess process, Cause cause) {
        Deed deed = Deed.process("thaw", Turn.BETTER, process.toString());
        return new Act(deed, world -> world.thaw(process, cause) ? deed : null);
    }

    /** The process dies; that it comes again is its supervisor's affair. */
    static Act kill(SliceProcess process) {
        return Act.of(
                Deed.process("kill", Turn.OTHER, process.toString()), world -> world.kill(process));
    }
}
