package vini.forwarder;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how an element class is called in a configuration, and the shape of its ports. Together with
 * {@code @AutoService(Element.class)} it is all that makes an element known.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ElementClass {
    /** Click's name: {@code DecIPTTL}. */
    String name();

    /**
     * Click's port counts, inputs before outputs: {@code 1/1}, {@code 1/1-2}, {@code 1/-}, {@code
     * 0/1}; a count is a number, a range, {@code N-} or {@code -} for any; {@code =} is as many
     * outputs as inputs.
     */
    String ports() default "1/1";

    /**
     * Click's processing codes, inputs before outputs: {@code h} push, {@code l} pull, {@code a}
     * agnostic; the last letter of a side repeats. {@code a/ah} is DecIPTTL's.
     */
    String processing() default "a/a";

    /**
     * Which agnostic ports are of one kind, in Click's flow codes: {@code x/x} all of the element,
     * {@code #/#} those with the same number, {@code x/y} none.
     */
    String flow() default "x/x";

    /**
     * For which reasons packets may end in the element, in camel case: those that {@link
     * Element#drops} is asked for, so that a figure of a reason that no element has is found before
     * a run.
     */
    String[] drops() default {};

    /**
     * Whether the configuration may be written while the graph runs, to the handler {@code config}.
     * Then {@link Element#configure} sets all anew that it reads, and {@link Element#initialize}
     * builds nothing on it but in {@link Element#reconfigured}.
     */
    boolean live() default false;

    /**
     * Whether packets whose TCP or UDP checksum is not complete yet may reach the element ({@link
     * Packet#isPartial}): for one that neither looks at that checksum nor changes anything that it
     * covers. For all others it is completed before, so that nobody else needs to know of it.
     */
    PartialChecksums partialChecksums() default PartialChecksums.NEVER;

    /** What an element class has to do with partial checksums. */
    enum PartialChecksums {
        /** Whoever comes here is complete. */
        NEVER,
        /** Packets stay as they are. */
        PASSED,
        /** The same, and packets that come out may be partial although none went in. */
        MADE
    }
}
