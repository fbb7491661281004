package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.net.wire.TcpOptions;

class SackReportTest {
    private final Ranges islands = new Ranges(100);
    private final SackReport report = new SackReport();

    private void arrives(long from, long to) {
        islands.add(from, to);
        report.arrived(from, islands);
    }

    private String blocks(TcpOptions options) {
        assertThat(report.isDue(islands)).isTrue();
        report.writeTo(options, islands);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < options.sackBlocks(); i++) {
            text.append(options.sackLeft(i)).append('-').append(options.sackRight(i)).append(' ');
        }
        return text.toString().strip();
    }

    private String blocks() {
        return blocks(new TcpOptions().setTimestamps(1, 2));
    }

    /** RFC 2018 4, case 2: 5000-8999 arrive in segments of 500, 5000 does not. */
    @Test
    void reportsAGrowingBlock() {
        for (long sequence = 5500; sequence < 9000; sequence += 500) {
            arrives(sequence, sequence + 500);
            assertThat(blocks()).isEqualTo("5500-" + (sequence + 500));
        }
    }

    /** RFC 2018 4, case 3: every second segment is lost. */
    @Test
    void reportsTheLatestFirst() {
        arrives(5500, 6000);
        arrives(6500, 7000);
        assertThat(blocks()).isEqualTo("6500-7000 5500-6000");
        arrives(7500, 8000);
        assertThat(blocks()).isEqualTo("7500-8000 6500-7000 5500-6000");
        arrives(8500, 9000);
        assertThat(blocks()).isEqualTo("8500-9000 7500-8000 6500-7000");
        // The fourth arrives and joins: it is 6000-6500 here.
        arrives(6000, 6500);
        assertThat(blocks()).isEqualTo("5500-7000 8500-9000 7500-8000");
        islands.removeBelow(7000);
        assertThat(blocks()).isEqualTo("8500-9000 7500-8000");
    }

    @Test
    void fillsUpWithOlderBlocks() {
        for (int i = 1; i <= 9; i++) {
            arrives(1000L * i, 1000L * i + 10);
        }
        islands.removeBelow(4500);
        for (int i = 6; i <= 9; i++) {
            islands.add(1000L * i, 9010);
        }
        assertThat(blocks(new TcpOptions())).isEqualTo("6000-9010 5000-5010");
    }

    /** RFC 2883 4.1.1: 3000-3499 came twice, below what is acknowledged. */
    @Test
    void reportsWhatCameTwiceOnce() {
        report.twice(3000, 3500);
        assertThat(blocks()).isEqualTo("3000-3500");
        assertThat(report.isDue(islands)).isFalse();
    }

    /** RFC 2883 4.1.3: 5000-5499 came twice in 4500-5999, beyond a gap. */
    @Test
    void reportsTheBlockAroundWhatCameTwice() {
        arrives(4500, 6000);
        arrives(8000, 8500);
        report.twice(5000, 5500);
        assertThat(blocks()).isEqualTo("5000-5500 4500-6000 8000-8500");
        assertThat(blocks()).isEqualTo("8000-8500 4500-6000");
    }

    /** RFC 2883 4.2.3: exactly a whole block came twice, which is reported as both. */
    @Test
    void reportsABlockThatCameTwiceAsAWhole() {
        arrives(5000, 5500);
        report.twice(5000, 5500);
        assertThat(blocks()).isEqualTo("5000-5500 5000-5500");
    }

    @Test
    void hasNothingToReportInOrder() {
        assertThat(report.isDue(islands)).isFalse();
        arrives(100, 200);
        islands.removeBelow(200);
        assertThat(report.isDue(islands)).isFalse();
    }
}
