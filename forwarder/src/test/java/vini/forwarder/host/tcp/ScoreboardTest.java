package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.net.wire.TcpOptions;

import java.util.Random;

/** RFC 6675 4 with segments of 1000 bytes, twenty of them under way: 1-20001. */
class ScoreboardTest {
    private static final int MSS = 1000;

    private final Flight flight = new Flight(0, MSS);
    private final Scoreboard board = new Scoreboard(flight);

    ScoreboardTest() {
        flight.una = 1;
        flight.next = 20_001;
        flight.max = 20_001;
    }

    private boolean sack(long... edges) {
        TcpOptions options = new TcpOptions();
        for (int i = 0; i < edges.length; i += 2) {
            options.addSackBlock((int) edges[i], (int) edges[i + 1]);
        }
        return board.update(options);
    }

    @Test
    void learnsWhatIsNew() {
        assertThat(sack()).isFalse();
        assertThat(sack(2001, 3001)).isTrue();
        assertThat(sack(2001, 3001)).isFalse();
        assertThat(sack(5001, 6001, 2001, 3001)).isTrue();
        assertThat(board.sackedBytes()).isEqualTo(2000);
        flight.una = 3001;
        assertThat(sack(5001, 6001)).isFalse();
        assertThat(board.sackedBytes()).isEqualTo(1000);
    }

    @Test
    void passesOverWhatAnHonestPeerCannotSay() {
        assertThat(sack(3001, 2001)).as("inverted").isFalse();
        assertThat(sack(2001, 2001)).as("empty").isFalse();
        assertThat(sack(19_001, 20_002)).as("beyond what was sent").isFalse();
        assertThat(sack(1, 1001)).as("would be acknowledged").isFalse();
        assertThat(sack(-5000, 5000)).as("below").isFalse();
        assertThat(sack(1L << 31, (1L << 31) + 5)).as("far away").isFalse();
        flight.una = 4001;
        assertThat(sack(1001, 2001)).as("what came twice, RFC 2883").isFalse();
        assertThat(board.ranges()).isZero();
    }

    @Test
    void takesForLostWhatLiesBeforeThreeSegments() {
        sack(2001, 3001);
        assertThat(board.lostBefore()).isEqualTo(1);
        sack(3001, 4001);
        assertThat(board.lostBefore()).as("2000 bytes are not more than two segments").isEqualTo(1);
        sack(4001, 4002);
        assertThat(board.lostBefore()).as("IsLost: more than 2 * SMSS").isEqualTo(2001);
    }

    @Test
    void takesForLostWhatLiesBeforeThreeBlocks() {
        sack(5001, 5002, 7001, 7002);
        assertThat(board.lostBefore()).isEqualTo(1);
        sack(9001, 9002);
        assertThat(board.lostBefore()).as("IsLost: three that do not touch").isEqualTo(5001);
        sack(11_001, 11_002);
        assertThat(board.lostBefore()).isEqualTo(7001);
        sack(12_001, 15_001);
        assertThat(board.lostBefore()).isEqualTo(12_001);
    }

    @Test
    void countsWhatIsOnTheWay() {
        assertThat(board.pipe()).isEqualTo(20_000);
        sack(1001, 2001);
        assertThat(board.pipe()).isEqualTo(19_000);
        sack(2001, 4001); // 1-1001 is lost, 4001-20001 is not
        assertThat(board.pipe()).isEqualTo(16_000);
        board.startRecovery(1001);
        assertThat(board.pipe()).as("and was sent again").isEqualTo(17_000);
        sack(8001, 12_001); // now 4001-8001 is lost, too
        assertThat(board.pipe()).isEqualTo(8000 + 1000);
        assertThat(board.nextLost()).isEqualTo(4001);
        board.repeated(5001);
        assertThat(board.pipe()).isEqualTo(8000 + 2000);
    }

    @Test
    void saysWhatIsNextInTheOrderOfNextSeg() {
        sack(2001, 4001, 6001, 7001, 9001, 10_001, 12_001, 13_001);
        board.startRecovery(1001); // the first segment
        // Lost is all before 6001: three blocks lie behind it.
        assertThat(board.lostBefore()).isEqualTo(6001);
        assertThat(board.nextLost()).isEqualTo(1001);
        board.repeated(2001);
        assertThat(board.nextLost()).isEqualTo(4001);
        assertThat(board.nextSacked(4001)).isEqualTo(6001);
        board.repeated(5001);
        board.repeated(6001);
        assertThat(board.nextLost()).as("(1) is at its end").isEqualTo(Scoreboard.NOTHING);
        assertThat(board.nextMissing()).isEqualTo(7001);
        board.repeated(9001);
        assertThat(board.nextMissing()).isEqualTo(10_001);
        board.repeated(12_001);
        assertThat(board.nextMissing()).as("(3) is at its end").isEqualTo(Scoreboard.NOTHING);
        assertThat(board.nextRescue()).as("the first has not come").isEqualTo(Scoreboard.NOTHING);
        flight.una = 1001;
        sack();
        assertThat(board.nextRescue()).as("HighACK is RescueRxt").isEqualTo(Scoreboard.NOTHING);
        flight.una = 4001;
        sack();
        assertThat(board.nextRescue()).isEqualTo(19_001);
        board.rescued(20_001);
        assertThat(board.nextRescue()).as("once").isEqualTo(Scoreboard.NOTHING);
    }

    @Test
    void rescuesTheLastThatIsMissingWhereTheTailHasCome() {
        sack(3001, 4001, 4501, 20_001);
        board.startRecovery(1001);
        board.repeated(4501);
        flight.una = 2001;
        sack();
        assertThat(board.nextRescue()).isEqualTo(4001);
        assertThat(board.nextSacked(4001)).isEqualTo(4501);
    }

    @Test
    void noticesThatARepetitionWasLost() {
        sack(1001, 4001);
        board.startRecovery(1001);
        flight.max = 30_001;
        sack(10_001, 20_001);
        assertThat(board.isRepetitionLost()).as("all of that was sent before").isFalse();
        sack(20_001, 22_001);
        assertThat(board.isRepetitionLost()).as("two segments are not enough").isFalse();
        sack(22_001, 22_002);
        assertThat(board.isRepetitionLost()).isTrue();
        board.repeated(5001);
        assertThat(board.isRepetitionLost()).as("something else was sent again").isFalse();
    }

    @Test
    void noticesReneging() {
        sack(5001, 8001);
        assertThat(board.isReneged()).isFalse();
        flight.una = 5001; // it waits for what it said it has
        sack();
        assertThat(board.isReneged()).isTrue();
        board.clear();
        assertThat(board.isReneged()).isFalse();
        assertThat(board.pipe()).isEqualTo(15_000);
    }

    @Test
    void staysSmallAndQuickWithTinyBlocks() {
        flight.max = 5_000_001;
        flight.next = flight.max;
        for (int i = 1; i < 10_000; i++) {
            sack(400L * i, 400L * i + 1);
        }
        assertThat(board.ranges()).isEqualTo(Scoreboard.RANGES_MAX);
        assertThat(board.lostBefore()).isEqualTo(400L * (Scoreboard.RANGES_MAX - 2));
    }

    /** Against a byte by byte reading of RFC 6675 4. */
    @Test
    void agreesWithTheDefinition() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int recoveries = 0;
        for (int round = 0; round < 300; round++) {
            Flight small = new Flight(0, 4);
            Scoreboard tested = new Scoreboard(small);
            small.una = 1;
            small.max = 1L + random.nextInt(20, 90);
            small.next = small.max;
            boolean[] sacked = new boolean[(int) small.max + 1];
            long repeated = 1;
            for (int step = 0; step < 30; step++) {
                int from = (int) small.una + 1 + random.nextInt((int) (small.max - small.una));
                int to = (int) Math.min(small.max, from + random.nextInt(1, 9));
                if (from < to) {
                    tested.update(new TcpOptions().addSackBlock(from, to));
                    java.util.Arrays.fill(sacked, from, to, true);
                }
                long first = tested.nextLost();
                if (first != Scoreboard.NOTHING && random.nextBoolean()) {
                    repeated = Math.min(Math.min(first + 4, tested.nextSacked(first)), small.max);
                    tested.repeated(repeated);
                    recoveries++;
                }
                long pipe = 0;
                for (int s = (int) small.una; s < small.max; s++) {
                    if (!sacked[s]) {
                        pipe += isLost(sacked, s) ? 0 : 1;
                        pipe += s < repeated ? 1 : 0;
                        assertThat(s < tested.lostBefore())
                                .as("-Dseed=%d, byte %d", seed, s)
                                .isEqualTo(isLost(sacked, s));
                    }
                }
                assertThat(tested.pipe()).as("-Dseed=%d, round %d", seed, round).isEqualTo(pipe);
            }
        }
        assertThat(recoveries).as("-Dseed=%d", seed).isPositive();
    }

    private static boolean isLost(boolean[] sacked, int sequence) {
        int blocks = 0;
        int bytes = 0;
        for (int i = sequence + 1; i < sacked.length; i++) {
            bytes += sacked[i] ? 1 : 0;
            blocks += sacked[i] && !sacked[i - 1] ? 1 : 0;
        }
        return blocks >= 3 || bytes > 2 * 4;
    }
}
