package vini.bench;

import java.io.IOException;

/**
 * One of those that are compared.
 *
 * @param name for people: who is measured
 * @param measurement measures once, and adds to the figures that belong to it
 */
public record Side(String name, Measurement measurement) {
    /** What is done in each round. */
    @FunctionalInterface
    public interface Measurement {
        void run() throws IOException, InterruptedException;
    }
}
