package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class BackgroundFilesTest {
    @TempDir Path folder;

    @Test
    void writesInTheOrderInWhichItWasAsked() throws Exception {
        Path grows = folder.resolve("grows");
        Path whole = folder.resolve("whole");
        try (BackgroundFiles files = BackgroundFiles.start()) {
            for (int i = 0; i < 100; i++) {
                String line = Integer.toString(i);
                files.append(grows, () -> List.of(line));
                files.replace(whole, () -> List.of("so far", line));
            }
            files.append(grows, () -> List.of());
        }
        assertThat(Files.readAllLines(grows)).hasSize(100).startsWith("0", "1").endsWith("99");
        assertThat(Files.readAllLines(whole)).containsExactly("so far", "99");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void nobodyWaitsForASlowDiskAndNoFileHasAHole() throws Exception {
        Path file = folder.resolve("file");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch disk = new CountDownLatch(1);
        try (BackgroundFiles files = BackgroundFiles.start(2)) {
            files.append(file, () -> List.of("0"));
            files.replace(
                    folder.resolve("slow"),
                    () -> {
                        begun.countDown();
                        awaitQuietly(disk);
                        return List.of();
                    });
            begun.await();
            for (int i = 1; i <= 3; i++) { // two of them fit
                String line = Integer.toString(i);
                files.append(file, () -> List.of(line));
            }
            assertThat(files.trouble()).isEqualTo("the disk is too slow");
            disk.countDown();
            files.append(file, () -> List.of("4"));
        }
        assertThat(Files.readAllLines(file)).containsExactly("0");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFileWithoutLinesIsThere() throws Exception {
        Path file = folder.resolve("file");
        try (BackgroundFiles files = BackgroundFiles.start()) {
            files.append(file, List::of);
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void whatWaitsWhenTheCallerIsInterruptedTakesNoFilesPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "final");
        CountDownLatch begun = new CountDownLatch(1);
        BackgroundFiles files = BackgroundFiles.start();
        files.replace(
                file,
                () -> {
                    begun.countDown();
                    awaitQuietly(new CountDownLatch(1)); // until close interrupts it
                    boolean _ = Thread.interrupted();
                    return List.of("stale");
                });
        files.replace(file, () -> List.of("staler"));
        begun.await();
        Thread.currentThread().interrupt();
        files.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("final");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void rowsThatCannotBeMadeIntoTextAreATrouble() throws Exception {
        BackgroundFiles files = BackgroundFiles.start();
        files.append(
                folder.resolve("file"),
                () -> {
                    throw new IllegalStateException("no text");
                });
        files.close();
        assertThat(files.trouble()).contains("no text");
    }

    @Test
    void afterATroubleNothingMoreIsWritten() throws Exception {
        Path file = folder.resolve("file");
        BackgroundFiles files = BackgroundFiles.start();
        files.append(folder.resolve("no/such/folder"), () -> List.of("x"));
        files.append(file, () -> List.of("x"));
        files.close();
        assertThat(files.trouble()).contains("NoSuchFile");
        assertThat(file).doesNotExist();
    }
}
