package vini.experiment.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.experiment.run.EchoRow;

import java.util.ArrayList;
import java.util.List;

class OutageTest {
    /** One echo per 0.1 s; a dot is answered, an x is not. */
    static List<EchoRow> echoes(String pattern) {
        List<EchoRow> rows = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            double sent = i / 10.0;
            rows.add(
                    pattern.charAt(i) == '.'
                            ? new EchoRow(i + 1, sent, sent + 0.05, 50, 60)
                            : EchoRow.lost(i + 1, sent));
        }
        return rows;
    }

    @Test
    void lastsFromTheFirstLostEchoSentToTheNextAnsweredOneSent() {
        assertThat(Outage.in(echoes("..xxxx.."), 3)).containsExactly(new Outage(0.2, 0.6, 4));
    }

    @Test
    void twoLostEchoesAreNone() {
        assertThat(Outage.in(echoes("..xx..xx"), 3)).isEmpty();
    }

    @Test
    void theMinimumIsTheExperimentsToChoose() {
        assertThat(Outage.in(echoes("..xx..x."), 1)).hasSize(2);
    }

    @Test
    void oneAtTheStartBeginsWithTheFirstEcho() {
        assertThat(Outage.in(echoes("xxx."), 3)).containsExactly(new Outage(0, 0.3, 3));
    }

    @Test
    void oneAtTheEndHasNoEndAndNoDuration() {
        List<Outage> outages = Outage.in(echoes("..xxx"), 3);

        assertThat(outages).containsExactly(new Outage(0.2, null, 3));
        assertThat(outages.getFirst().durationS()).isNull();
        assertThat(outages.getFirst().endOr(54)).isEqualTo(54);
    }

    @Test
    void withoutAnyAnswerAllIsOneOutage() {
        assertThat(Outage.in(echoes("xxxxx"), 3)).containsExactly(new Outage(0, null, 5));
        assertThat(Outage.in(List.of(), 3)).isEmpty();
    }
}
