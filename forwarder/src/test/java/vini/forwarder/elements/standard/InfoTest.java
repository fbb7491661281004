package vini.forwarder.elements.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.GraphRun;

/** ScheduleInfo, by the examples of its documentation. */
class InfoTest {
    private static final String COMPOUND =
            "c/i :: InfiniteSource(ACTIVE false) -> Discard;"
                    + " c/d/j :: InfiniteSource(ACTIVE false) -> Discard;";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1024 | 1024",
                "ScheduleInfo(c/i 3, x 5); | 3072 | 1024",
                "ScheduleInfo(c 4); | 4096 | 4096",
                "c/s :: ScheduleInfo(i 0.5); ScheduleInfo(c 4); | 2048 | 4096",
                "c/s :: ScheduleInfo(i 0.5); ScheduleInfo(c 4, c/i 10.5); | 10752 | 4096",
                "c/s :: ScheduleInfo(d 2); c/d/s :: ScheduleInfo(j 2); ScheduleInfo(c 2);"
                        + " | 2048 | 8192",
                "c/s :: ScheduleInfo(d 2); c/d/s :: ScheduleInfo(j 2); ScheduleInfo(c/d 3);"
                        + " | 1024 | 6144",
                "ScheduleInfo(c 1000); | 32768 | 32768",
                "ScheduleInfo(c 0.00001); | 1 | 1",
            })
    void ticketsAreMultipliedInwards(String infos, String i, String j) throws Exception {
        try (GraphRun run = GraphRun.of(COMPOUND + infos)) {
            assertThat(run.read("c/i.tickets")).isEqualTo(i);
            assertThat(run.read("c/d/j.tickets")).isEqualTo(j);
        }
    }

    @Test
    void namesMayLookLikeKeywords() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "AddressInfo(HOST 10.0.0.1, NET 10/8); PortInfo(WEB 80, DNS 53/udp);")) {
            assertThat(run.chatter()).isEmpty();
        }
    }
}
