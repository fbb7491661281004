package vini.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.bench.Arrivals.Gap;

class ArrivalsTest {
    /** As iperf3 3.12 prints it, two streams. */
    private static final String SAID =
            """
            Server listening on 5201 (test #1)
            Accepted connection from 10.77.0.1, port 48530
            [  5] local 10.77.0.2 port 5201 connected to 10.77.0.1 port 48540
            [ ID] Interval           Transfer     Bitrate
            [  5]   0.00-0.10   sec   128 KBytes  10469 Kbits/sec                  \s
            [  8]   0.00-0.10   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [SUM]   0.00-0.10   sec   128 KBytes  10469 Kbits/sec                  \s
            - - - - - - - - - - - - - - - - - - - - - - - - -
            [  5]   0.10-0.20   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [  8]   0.10-0.20   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [SUM]   0.10-0.20   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [  5]   0.20-0.30   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [  8]   0.20-0.30   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [SUM]   0.20-0.30   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [  5]   0.30-0.40   sec  1.25 MBytes  104690 Kbits/sec                  \s
            [  8]   0.30-0.40   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [SUM]   0.30-0.40   sec  1.25 MBytes  104690 Kbits/sec                  \s
            [  5]   0.40-0.50   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [  8]   0.40-0.50   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [SUM]   0.40-0.50   sec  0.00 Bytes  0.00 Kbits/sec                  \s
            [  5]   0.00-0.50   sec   128 KBytes  1048 Kbits/sec                  receiver
            [SUM]   0.00-0.50   sec  0.00 Bytes  0.00 Kbits/sec                  receiver
            """;

    @Test
    void gapsAreTimesInWhichNoStreamBroughtAnything() {
        Arrivals arrivals = Arrivals.of(SAID);

        assertThat(arrivals.gaps()).containsExactly(new Gap(0.1, 0.3), new Gap(0.4, 0.5));
        assertThat(arrivals.longestOfAStream()).isEqualTo(0.5);
        assertThat(arrivals.seconds()).isEqualTo(0.5);
    }

    @Test
    void withoutATransferThereIsNothing() {
        assertThat(Arrivals.of("iperf3: error - unable to start listener\n").seconds()).isZero();
    }
}
