package vini.forwarder.elements.rewrite;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;

/** How long flows live of which nothing is known but when they were used; in nanoseconds. */
record PlainLifetimes(long timeout, long guarantee) {
    static final PlainLifetimes NONE = new PlainLifetimes(0, 0);

    /** Reads TIMEOUT and GUARANTEE. */
    static PlainLifetimes of(Arguments arguments) throws ConfigException {
        return new PlainLifetimes(
                arguments.keyword("TIMEOUT", ArgumentTypes::nanos, 300 * Rewriter.SECOND),
                arguments.keyword("GUARANTEE", ArgumentTypes::nanos, 5 * Rewriter.SECOND));
    }
}
