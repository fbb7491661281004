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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same seed gives the same bytes. {@code Set.of} and {@code Map.of} iterate in an order that
 * differs from one JVM to the next, and so do hash tables with enums or plain objects as keys;
 * {@code Math.pow} and its kin may differ in the last bit. So no such collection is made, not even
 * where only lookups happen today: {@code List.of}, {@code LinkedHashMap}, {@code TreeMap}, {@code
 * EnumMap} and {@code StrictMath} serve as well.
 */
class DeterminismRuleTest {
    /** These face the machine or the person; nothing there decides what a run does. */
    private static final String[] SEAMS = {
        "vini.forwarder.io..", "vini.overlay.host..", "vini.cli.."
    };

    private static final List<String> HASHED =
            List.of(
                    "java.util.HashMap",
                    "java.util.HashSet",
                    "java.util.IdentityHashMap",
                    "java.util.WeakHashMap");
    private static final List<String> COLLECTORS =
            List.of("toSet", "toUnmodifiableSet", "toMap", "toUnmodifiableMap", "groupingBy");
    private static final List<String> INEXACT =
            List.of(
                    "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh",
                    "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");

    private static final ArchRule RULE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(SEAMS)
                    .should()
                    .callCodeUnitWhere(
                            new DescribedPredicate<JavaCall<?>>("what differs between runs") {
                                @Override
                                public boolean test(JavaCall<?> call) {
                                    return differs(call.getTarget());
                                }
                            });

    private static boolean differs(CodeUnitCallTarget target) {
        String name = target.getName();
        return switch (target.getOwner().getName()) {
            case "java.util.Set" -> name.equals("of") || name.equals("copyOf");
            case "java.util.Map" ->
                    name.equals("of") || name.equals("copyOf") || name.equals("ofEntries");
            case "java.util.stream.Collectors" -> COLLECTORS.contains(name) && !namesItsMap(target);
            case "java.lang.Math" -> INEXACT.contains(name);
            case "java.lang.System" -> name.equals("identityHashCode");
            default -> name.equals("<init>") && HASHED.contains(target.getOwner().getName());
        };
    }

    /** The forms of toMap and groupingBy whose last but one argument makes the map. */
    private static boolean namesItsMap(CodeUnitCallTarget target) {
        return target.getRawParameterTypes().stream()
                .anyMatch(type -> type.getName().equals("java.util.function.Supplier"));
    }

    @Test
    void nothingIteratesInAnOrderThatDiffersBetweenRuns() {
        RULE.check(House.classes());
    }

    @Test
    void theRuleSeesAnOffender() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        assertThat(RULE.evaluate(offender).getFailureReport().toString())
                .contains("Set.of(", "HashMap.<init>", "Math.pow(");
    }

    @SuppressWarnings("unused")
    private static final class Offender {
        Map<Set<Integer>, Double> offend() {
            return new HashMap<>(Map.of(Set.of(1, 2), Math.pow(2, 0.5)));
        }
    }
}
