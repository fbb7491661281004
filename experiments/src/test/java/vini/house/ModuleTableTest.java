package vini.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of modules in docs/design.md: each may use only those above it. */
class ModuleTableTest {
    /** A floor of the house: a module, or the part of one that stands by itself. */
    private record Floor(String module, List<String> packages) {
        String[] patterns() {
            return packages.stream().map(p -> p + "..").toArray(String[]::new);
        }
    }

    private static final List<Floor> FLOORS =
            List.of(
                    new Floor("forwarder", List.of("vini.net", "vini.time")),
                    new Floor("forwarder", List.of("vini.forwarder")),
                    new Floor("router-ctl", List.of("vini.routing")),
                    new Floor("ingress-vpn", List.of("vini.vpn")),
                    new Floor("overlay", List.of("vini.overlay")),
                    new Floor("experiments", List.of("vini.experiment")),
                    new Floor("experiments", List.of("vini.bench")),
                    new Floor("experiments", List.of("vini.cli", "vini.web")));

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([a-z0-9_.]+);");

    private final JavaClasses shipped = House.classes();

    @Test
    void eachFloorUsesOnlyThoseAboveIt() {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            List<String> below = new ArrayList<>();
            FLOORS.subList(floor + 1, FLOORS.size()).forEach(f -> below.addAll(f.packages()));
            if (!below.isEmpty()) {
                noClasses()
                        .that()
                        .resideInAnyPackage(FLOORS.get(floor).patterns())
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                below.stream().map(p -> p + "..").toArray(String[]::new))
                        .allowEmptyShould(true)
                        .check(shipped);
            }
        }
    }

    /** The routing module and the VPN module know nothing of each other, though one is above. */
    @Test
    void ingressKnowsNoRouting() {
        noClasses()
                .that()
                .resideInAPackage("vini.vpn..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("vini.routing..")
                .allowEmptyShould(true)
                .check(shipped);
    }

    @Test
    void theGroundFloorHasNoThreadsAndNoInputOrOutput() {
        classes()
                .that()
                .resideInAnyPackage("vini.net..", "vini.time..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "vini.net..",
                        "vini.time..",
                        "java.lang",
                        "java.lang.annotation",
                        // Memory, which a checksum reads by vector instructions.
                        "java.lang.foreign",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.math",
                        "java.nio",
                        "java.nio.charset",
                        "java.text",
                        "java.util",
                        "java.util.function",
                        "java.util.random",
                        "java.util.regex",
                        "java.util.stream",
                        "io.netty.buffer",
                        "io.netty.util.internal",
                        "org.jspecify.annotations")
                .andShould()
                .onlyDependOnClassesThat()
                .areNotAssignableTo(Thread.class)
                .check(shipped);
    }

    @Test
    void aModuleHoldsOnlyItsOwnPackages() throws Exception {
        List<String> strangers = new ArrayList<>();
        for (Path source : House.sources("main")) {
            Path inside = House.root().relativize(source);
            String module = inside.getName(0).toString();
            Matcher name = PACKAGE.matcher(Files.readString(source));
            assertThat(name.find()).as("package of %s", inside).isTrue();
            boolean known =
                    FLOORS.stream()
                            .filter(floor -> floor.module().equals(module))
                            .flatMap(floor -> floor.packages().stream())
                            .anyMatch(p -> (name.group(1) + ".").startsWith(p + "."));
            if (!known) {
                strangers.add(inside.toString());
            }
        }
        assertThat(strangers).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() throws Exception {
        List<Path> unmarked = new ArrayList<>();
        for (Path source : House.sources("main")) {
            Path info = source.resolveSibling("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                unmarked.add(House.root().relativize(source));
            }
        }
        assertThat(unmarked).isEmpty();
    }
}
