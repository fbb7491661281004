package vini.forwarder.elements.script;

import vini.forwarder.lang.ConfigText;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables that who calls a script gives it, by what it is called for. */
final class Given {
    private Given() {}

    /** To its {@code run} handler: the arguments, their words by number, and how many they are. */
    static Map<String, String> run(String arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("args", arguments);
        List<String> words = ConfigText.words(arguments);
        given.put("#", "" + words.size());
        for (int n = 0; n < words.size(); n++) {
            given.put("" + (n + 1), words.get(n));
        }
        return given;
    }

    /** For a handler that it stands for. */
    static Map<String, String> proxy(String name, boolean write, String value) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("0", name);
        given.put("write", "" + write);
        given.put("args", value);
        return given;
    }

    /** For a packet. */
    static Map<String, String> packet(int input) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("input", "" + input);
        return given;
    }
}
