package vini.experiment;

import vini.experiment.run.EchoRow;

/** Hears of echoes in the order of sending, to see when an event first shows. */
public interface EchoWatch {
    /**
     * An answer came, or an echo was given up.
     *
     * @param ports what FIBs hash of the probe's packets, see {@link vini.net.FlowHash}
     */
    void echo(String probe, int ports, EchoRow row);
}
