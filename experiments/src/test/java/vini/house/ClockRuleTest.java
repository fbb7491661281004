package vini.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Time and chance come in by argument; only the seams ask the machine for them. */
class ClockRuleTest {
    /**
     * Where the machine's clock is read, where threads start and where chance may be had. Who
     * measures ({@code vini.bench}) has the machine's own time for its subject: in a virtual world
     * there is nothing to measure.
     */
    private static final String[] SEAMS = {
        "vini.time..", "vini.forwarder.io..", "vini.overlay.host..", "vini.bench..", "vini.cli.."
    };

    private static final String NEW = "<init>";

    /** A class and the methods of it that the rule forbids. */
    private record Forbidden(String owner, List<String> methods) {
        boolean isCalledBy(CodeUnitCallTarget target) {
            return target.getOwner().getName().equals(owner) && methods.contains(target.getName());
        }
    }

    private static final List<Forbidden> FORBIDDEN =
            List.of(
                    new Forbidden("java.lang.System", List.of("nanoTime", "currentTimeMillis")),
                    new Forbidden("java.time.Instant", List.of("now")),
                    new Forbidden("java.time.LocalDate", List.of("now")),
                    new Forbidden("java.time.LocalTime", List.of("now")),
                    new Forbidden("java.time.LocalDateTime", List.of("now")),
                    new Forbidden("java.time.OffsetDateTime", List.of("now")),
                    new Forbidden("java.time.ZonedDateTime", List.of("now")),
                    new Forbidden(
                            "java.time.Clock",
                            List.of("system", "systemUTC", "systemDefaultZone", "tickMillis")),
                    new Forbidden("java.util.Date", List.of(NEW)),
                    new Forbidden("java.util.Timer", List.of(NEW)),
                    new Forbidden(
                            "java.lang.Thread",
                            List.of(
                                    NEW,
                                    "sleep",
                                    "start",
                                    "ofVirtual",
                                    "ofPlatform",
                                    "startVirtualThread")),
                    new Forbidden(
                            "java.util.concurrent.Executors",
                            List.of(
                                    "newCachedThreadPool",
                                    "newFixedThreadPool",
                                    "newScheduledThreadPool",
                                    "newSingleThreadExecutor",
                                    "newSingleThreadScheduledExecutor",
                                    "newThreadPerTaskExecutor",
                                    "newVirtualThreadPerTaskExecutor",
                                    "newWorkStealingPool")),
                    new Forbidden(
                            "java.util.concurrent.CompletableFuture",
                            List.of("runAsync", "supplyAsync", "delayedExecutor")),
                    new Forbidden("java.util.concurrent.TimeUnit", List.of("sleep")),
                    new Forbidden("java.util.concurrent.locks.LockSupport", List.of("parkNanos")),
                    new Forbidden("java.util.Random", List.of(NEW)),
                    new Forbidden("java.util.SplittableRandom", List.of(NEW)),
                    new Forbidden("java.util.concurrent.ThreadLocalRandom", List.of("current")),
                    new Forbidden("java.lang.Math", List.of("random")),
                    new Forbidden("java.util.UUID", List.of("randomUUID")));

    private static final ArchRule RULE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(SEAMS)
                    .should()
                    .callCodeUnitWhere(
                            new DescribedPredicate<JavaCall<?>>("time, threads and chance") {
                                @Override
                                public boolean test(JavaCall<?> call) {
                                    return FORBIDDEN.stream()
                                            .anyMatch(f -> f.isCalledBy(call.getTarget()));
                                }
                            });

    @Test
    void onlyTheSeamsReadAClockSleepOrStartAThread() {
        RULE.check(House.classes());
    }

    /** The rule itself would else pass by seeing nothing. */
    @Test
    void theRuleSeesAnOffender() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        String report = RULE.evaluate(offender).getFailureReport().toString();
        assertThat(report)
                .contains(
                        "System.nanoTime()",
                        "Thread.sleep(long)",
                        "TimeUnit.sleep(long)",
                        "SplittableRandom.<init>",
                        "newVirtualThreadPerTaskExecutor");
    }

    @SuppressWarnings("unused")
    private static final class Offender {
        long offend() throws InterruptedException {
            Thread.sleep(1);
            TimeUnit.NANOSECONDS.sleep(1);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                return System.nanoTime() + new SplittableRandom().nextLong() + threads.hashCode();
            }
        }
    }
}
