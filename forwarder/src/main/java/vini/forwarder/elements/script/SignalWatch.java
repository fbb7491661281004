package vini.forwarder.elements.script;

import vini.forwarder.ConfigException;
import vini.forwarder.Loop;
import vini.forwarder.Signals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Listens for the signals of one script, or leaves them to whom they belonged before. */
final class SignalWatch {
    private final List<Integer> signals;
    private final Runnable onSignal;

    /** What ends the watch of each that is listened for. */
    private final Map<Integer, Runnable> installed = new LinkedHashMap<>();

    /**
     * @param onSignal runs at each, on the loop's thread
     */
    SignalWatch(List<Integer> signals, Runnable onSignal) {
        this.signals = signals;
        this.onSignal = onSignal;
    }

    /** Listens for those that it does not listen for already. */
    void begin(Signals all, Loop loop) throws ConfigException {
        for (int signal : signals) {
            if (!installed.containsKey(signal)) {
                installed.put(signal, all.watch(signal, loop, onSignal));
            }
        }
    }

    void end() {
        installed.values().forEach(Runnable::run);
        installed.clear();
    }
}
