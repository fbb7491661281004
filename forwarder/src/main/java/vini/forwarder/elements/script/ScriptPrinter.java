package vini.forwarder.elements.script;

import vini.forwarder.HandlerException;
import vini.forwarder.lang.ConfigText;

import java.io.IOException;

/** Carries out the instructions that write texts and values to the user and to files. */
final class ScriptPrinter {
    private final Expansion expansion;
    private final Outside outside;

    ScriptPrinter(Expansion expansion, Outside outside) {
        this.expansion = expansion;
        this.outside = outside;
    }

    /** {@code print [>FILE|>>FILE] TEXT|HANDLER}. */
    void print(Instruction i, String lineEnd) throws HandlerException, IOException {
        String what = i.text().strip();
        String file = "-";
        boolean append = what.startsWith(">>");
        if (what.startsWith(">")) {
            String[] parts = what.substring(append ? 2 : 1).strip().split("\\s+", 2);
            file = ConfigText.unquote(expansion.of(parts[0]));
            what = parts.length > 1 ? parts[1] : "";
        }
        boolean handler = what.matches("(?s)[A-Za-z_@].*");
        String expanded = expansion.of(what);
        String text =
                handler
                        ? ScriptFiles.withoutLineEnds(
                                outside.call(i.unquote() ? ConfigText.unquote(expanded) : expanded))
                        : ConfigText.unquote(expanded);
        write(file, append, text + lineEnd);
    }

    /** The old form of {@code print >FILE HANDLER}: {@code save HANDLER FILE}. */
    void save(Instruction i) throws HandlerException, IOException {
        String file = ConfigText.unquote(expansion.of(i.rest()).strip());
        if (file.isEmpty()) {
            throw new HandlerException("want a handler and a file");
        }
        String value = outside.read(expansion.of(i.name()), "");
        write(file, i.kind() == Instruction.Kind.APPEND, value);
    }

    private void write(String file, boolean append, String text) throws IOException {
        if (file.equals("-")) {
            outside.print(text);
        } else {
            ScriptFiles.write(file, append, text);
        }
    }
}
