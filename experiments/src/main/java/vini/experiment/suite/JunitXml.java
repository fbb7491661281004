package vini.experiment.suite;

import vini.experiment.report.Html;
import vini.experiment.suite.SuiteCase.Check;
import vini.experiment.suite.SuiteCase.Outcome;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Results in the form that CI systems read: a {@code testsuite} for each experiment, and in it a
 * {@code testcase} for the verdict and for each expectation. The time of an experiment stands at
 * its verdict.
 */
public final class JunitXml {
    private final StringBuilder out = new StringBuilder();

    private JunitXml() {}

    /** The text of the file. */
    public static String of(List<SuiteCase> cases) {
        JunitXml xml = new JunitXml();
        xml.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
        xml.attribute("name", "vini test");
        xml.counts(
                sum(cases, each -> each.checks().size()),
                sum(cases, each -> each.count(Outcome.FAILED)),
                sum(cases, each -> each.count(Outcome.ERROR)),
                cases.stream().mapToDouble(SuiteCase::seconds).sum());
        xml.out.append(">\n");
        cases.forEach(xml::suite);
        return xml.out.append("</testsuites>\n").toString();
    }

    private static int sum(List<SuiteCase> cases, ToIntFunction<SuiteCase> number) {
        return cases.stream().mapToInt(number).sum();
    }

    private void suite(SuiteCase suite) {
        out.append("  <testsuite");
        attribute("name", suite.name());
        counts(
                suite.checks().size(),
                suite.count(Outcome.FAILED),
                suite.count(Outcome.ERROR),
                suite.seconds());
        attribute("file", suite.file().toString());
        out.append(">\n");
        if (suite.world() != null) {
            out.append("    <properties>\n      <property name=\"world\"");
            attribute("value", suite.world().toString());
            out.append("/>\n    </properties>\n");
        }
        TreeMap<String, Integer> named = new TreeMap<>();
        for (int i = 0; i < suite.checks().size(); i++) {
            Check check = suite.checks().get(i);
            // Two cases of one name would be taken for one.
            int before = named.merge(check.name(), 1, Integer::sum) - 1;
            String name = check.name() + (before == 0 ? "" : " (" + (before + 1) + ")");
            test(suite, check, name, i == 0 ? suite.seconds() : 0);
        }
        systemOut(suite);
        out.append("  </testsuite>\n");
    }

    private void test(SuiteCase suite, Check check, String name, double seconds) {
        out.append("    <testcase");
        attribute("name", name);
        attribute("classname", suite.name().replace('/', '.'));
        attribute("time", seconds(seconds));
        if (check.outcome() == Outcome.PASSED) {
            out.append("/>\n");
            return;
        }
        String element = check.outcome() == Outcome.FAILED ? "failure" : "error";
        out.append(">\n      <").append(element);
        attribute("message", check.message().lines().findFirst().orElse(""));
        attribute("type", check.name().equals(SuiteCase.VERDICT) ? "run" : "expectation");
        out.append('>').append(Html.escape(check.message()));
        out.append("</").append(element).append(">\n    </testcase>\n");
    }

    private void systemOut(SuiteCase suite) {
        out.append("    <system-out>").append(Html.escape(suite.headline()));
        if (suite.folder() != null) {
            out.append('\n').append(Html.escape(suite.folder().resolve("report.html").toString()));
        }
        out.append("</system-out>\n");
    }

    private void counts(int tests, int failures, int errors, double seconds) {
        attribute("tests", Integer.toString(tests));
        attribute("failures", Integer.toString(failures));
        attribute("errors", Integer.toString(errors));
        attribute("skipped", "0");
        attribute("time", seconds(seconds));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"").append(Html.escape(value)).append('"');
    }
}
