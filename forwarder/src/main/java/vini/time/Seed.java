package vini.time;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The seed of a run, from which each component gets a generator by its name, so that adding a
 * component does not shift the chances of the others.
 */
public record Seed(long value) {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /** A generator for the component of that name; the same seed and name give the same numbers. */
    public RandomGenerator generator(String component) {
        return FACTORY.create(derive(component));
    }

    /** A number for that name, for things that take a seed themselves (a hash, a child process). */
    public long derive(String component) {
        long hash = value ^ 0x9e3779b97f4a7c15L;
        for (int i = 0; i < component.length(); i++) {
            hash = mix(hash + component.charAt(i));
        }
        return mix(hash);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
