package vini.forwarder;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a configuration's names are looked for: in the compound element in which the element stands
 * that says the name, then in those around it, last in the graph itself (Click's rule).
 */
final class Scopes {
    private Scopes() {}

    /** What stands before names there, the nearest first: {@code a/b/}, {@code a/} and nothing. */
    static List<String> around(String elementName) {
        List<String> scopes = new ArrayList<>();
        for (int slash = elementName.lastIndexOf('/');
                slash >= 0;
                slash = elementName.lastIndexOf('/', slash - 1)) {
            scopes.add(elementName.substring(0, slash + 1));
        }
        scopes.add("");
        return scopes;
    }
}
