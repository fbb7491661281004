package vini.forwarder.lang;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;

/**
 * Any text ends in a graph or in messages, soon. What was found to break that lies among the inputs
 * of this class in the resources; see docs/your-own-element.md on how to look for more.
 */
class ParserFuzzTest {
    @FuzzTest
    @Timeout(10)
    void anyTextEndsInAGraphOrInMessages(byte[] text) throws Exception {
        HostileTextTest.ends(new String(text, StandardCharsets.ISO_8859_1));
    }
}
