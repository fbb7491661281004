package vini.experiment;

import vini.experiment.run.EchoRow;

/** Hears of echoes in the order of sending, to see when an event first shows. */
public interface EchoWatch {
    void echo(String probe, EchoRow row);
}
