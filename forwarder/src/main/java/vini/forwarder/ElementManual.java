package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The manual of an element class: the Javadoc of the class, as plain text. It is read from the
 * source, which lies beside the class on the class path, so that there is one manual and no step of
 * a build that makes it.
 */
public final class ElementManual {
    private static final Pattern JAVADOC =
            Pattern.compile(
                    "/\\*\\*(.*?)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*public ", Pattern.DOTALL);
    private static final Pattern INLINE = Pattern.compile("\\{@(?:code|literal)\\s([^{}]*)}");
    private static final Pattern LINK =
            Pattern.compile("\\{@link(?:plain)?\\s([^{}\\s]*)(?:\\s([^{}]*))?}");

    private ElementManual() {}

    /** The manual of an element class by Click's name; null where it has none. */
    public static @Nullable String of(String elementClass) {
        return ElementClasses.type(elementClass)
                .flatMap(
                        type ->
                                source(type)
                                        .map(ElementManual::javadoc)
                                        .map(text -> text + live(type) + drops(type)))
                .orElse(null);
    }

    private static String live(Class<? extends Element> type) {
        return ElementClasses.about(type).live()
                ? "\n\n"
                        + "The configuration may be changed while the graph runs: write it to the"
                        + " handler\n"
                        + "config."
                : "";
    }

    private static String drops(Class<? extends Element> type) {
        String[] reasons = ElementClasses.about(type).drops();
        return reasons.length == 0
                ? ""
                : "\n\nPackets may end in it, and are counted, for: "
                        + String.join(", ", reasons)
                        + ".";
    }

    /** The first sentence of the manual; empty where there is none. */
    public static String summary(String elementClass) {
        String manual = of(elementClass);
        if (manual == null) {
            return "";
        }
        String first = manual.split("\n\n", 2)[0].replace('\n', ' ').strip();
        Matcher end = Pattern.compile("[.:;](?= |$)").matcher(first);
        int from = 0;
        while (end.find(from)) {
            String sentence = first.substring(0, end.start());
            if (!sentence.endsWith("e.g") && !sentence.endsWith("i.e")) {
                return sentence;
            }
            from = end.end();
        }
        return first;
    }

    /** The source of an element class, if it lies beside the class. */
    static Optional<String> source(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".java";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String javadoc(String source) {
        Matcher matcher = JAVADOC.matcher(source);
        return matcher.find() ? plain(matcher.group(1)) : null;
    }

    /** Javadoc as plain text: paragraphs as they are broken in the source, examples indented. */
    static String plain(String javadoc) {
        StringBuilder text = new StringBuilder();
        boolean example = false;
        for (String line : javadoc.split("\n", -1)) {
            String bare = line.replaceFirst("^\\s*\\* ?", "");
            if (bare.contains("<pre>")) {
                example = true;
                bare = bare.replace("<pre>", "").replaceFirst("\\{@code ?", "");
            }
            boolean ends = bare.contains("</pre>");
            if (ends) {
                bare = bare.replaceFirst("}?</pre>", "");
            }
            if (bare.startsWith("<p>") || bare.equals("<ul>") || bare.equals("</ul>")) {
                bare = bare.replaceFirst("</?(?:p|ul)>", "");
            }
            bare = bare.replaceFirst("^( *)<li>", "$1- ");
            if (!example || !bare.isBlank()) {
                text.append(example ? "    " : "").append(bare).append('\n');
            }
            example &= !ends;
        }
        String joined = INLINE.matcher(text.toString()).replaceAll("$1");
        joined = LINK.matcher(joined).replaceAll(m -> m.group(2) != null ? m.group(2) : m.group(1));
        return joined.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }
}
