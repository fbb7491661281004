package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class ProcessFactsTest {
    @Test
    void aCommandMayHoldSpacesAndParentheses() {
        String stat =
                "42 (a ) (b) S 1 42 42 0 -1 4194560 100 0 0 0 150 50 7 7 20 0 30 0 98765 1000"
                        + " 200 18446744073709551615\n";
        ProcessFacts facts = ProcessFacts.parse(42, stat, 4096, 2048);
        assertThat(facts.cpuNanos()).isEqualTo(2_000_000_000L); // 150 + 50 ticks of 10 ms
        assertThat(facts.startedTicks()).isEqualTo(98765);
    }

    @Test
    void aFieldIsInKibibytes() {
        assertThat(ProcessFacts.field(List.of("VmPeak:\t 9 kB", "VmRSS:\t  12 kB"), "VmRSS:"))
                .isEqualTo(12 * 1024);
        assertThat(ProcessFacts.field(List.of(), "VmRSS:")).isZero();
    }

    @Test
    void thisProcessUsesMemoryAndTimeAndAGoneOneIsEmpty() {
        ProcessFacts facts = ProcessFacts.of(ProcessHandle.current().pid()).orElseThrow();
        assertThat(facts.residentBytes()).isGreaterThan(10_000_000);
        assertThat(facts.proportionalBytes()).isBetween(1_000_000L, facts.residentBytes() * 2);
        assertThat(facts.cpuNanos()).isPositive();
        assertThat(ProcessFacts.of(Integer.MAX_VALUE)).isEmpty();
    }
}
