package vini.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Click that is missing, or dies, is said in its rows; all else is measured. */
class GuestTest {
    private static final String TEXT = "Idle -> c :: Counter -> Discard;\n";

    @TempDir private Path folder;

    private Figure measured(String program) throws Exception {
        Click click = Click.at(Path.of(program), folder);
        Sheet sheet = new Sheet(Effort.QUICK, click, doing -> {});
        Side first = ClickMemory.sides(sheet, "a packet", "no packets", () -> TEXT).getFirst();
        first.measurement().run();
        return sheet.figures().getFirst();
    }

    @Test
    void aProgramThatIsMissingIsSaid() throws Exception {
        Figure figure = measured("/no/such/click");
        assertThat(figure.side()).isEqualTo("click, no packets");
        assertThat(figure.values()).isEmpty();
        assertThat(figure.lacking()).contains("/no/such/click");
    }

    @Test
    void aProgramThatEndsAtOnceIsSaid() throws Exception {
        assertThat(measured("/bin/false").lacking())
                .isEqualTo("no-packets.click has ended: it said nothing");
        assertThat(folder.resolve("no-packets.click")).hasContent(TEXT);
    }

    @Test
    void afterTheFirstTroubleItIsLeftAlone() throws Exception {
        Sheet sheet = new Sheet(new Effort(3, 1, true), doing -> {});
        Guest guest = new Guest();
        Figure other = sheet.figure("rate", "other", "Gb/s");
        Figure ours = sheet.figure("rate", "ours", "Gb/s");
        Figure own = guest.own(other);
        List<String> done = new ArrayList<>();
        sheet.rounds(
                List.of(
                        guest.side(
                                "other",
                                () -> {
                                    done.add("other");
                                    if (done.size() == 2) {
                                        throw new IOException("it died");
                                    }
                                    own.add(1);
                                }),
                        new Side("ours", () -> ours.add(2))));

        assertThat(done).hasSize(2);
        assertThat(ours.values()).hasSize(3);
        assertThat(other.values()).hasSize(1);
        assertThat(other.lacking()).isEqualTo("it died");
    }

    @Test
    void withoutClickNothingIsAdded() {
        Sheet sheet = new Sheet(Effort.QUICK, doing -> {});
        assertThat(ClickMemory.sides(sheet, "a packet", "no packets", () -> TEXT)).isEmpty();
        assertThat(sheet.figures()).isEmpty();
    }
}
