package vini.experiment.run;

/** Reads what a type of probe has left in a run folder; a service, one for each type. */
public interface ProbeReader {
    /** The key of the type in an experiment: {@code ping}. */
    String key();

    /** Reads what is there; what cannot be read becomes a problem of the run. */
    Probe read(ProbeFile file);
}
