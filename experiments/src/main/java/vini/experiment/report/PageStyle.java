package vini.experiment.report;

/**
 * The style of a report: one column, black on white, or white on black where the reader prefers.
 */
final class PageStyle {
    private PageStyle() {}

    static String css() {
        StringBuilder css = new StringBuilder(":root {\n  color-scheme: light dark;\n");
        for (Ink ink : Ink.values()) {
            css.append("  ").append(ink.property()).append(": ").append(ink.light()).append(";\n");
        }
        css.append("}\n@media screen and (prefers-color-scheme: dark) {\n  :root {\n");
        for (Ink ink : Ink.values()) {
            css.append("    ").append(ink.property()).append(": ").append(ink.dark()).append(";\n");
        }
        // A printed page is paper, whatever the screen was.
        css.append("  }\n}\n@media print {\n  :root {\n");
        for (Ink ink : Ink.values()) {
            css.append("    ")
                    .append(ink.property())
                    .append(": ")
                    .append(ink.light())
                    .append(";\n");
        }
        return css.append("  }\n}\n").append(RULES).toString();
    }

    private static final String RULES =
            """
            html { background: var(--paper); color: var(--text); }
            body {
              margin: 0;
              font: 17px/1.5 Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Palatino, P052, Georgia, serif;
            }
            main { max-width: 720px; margin: 0 auto; padding: 3.5rem 1.25rem 5rem; }
            h1 { font-size: 2.3rem; line-height: 1.15; font-weight: normal; margin: 0 0 .4rem; letter-spacing: -.01em; }
            h2 { font-size: 1.25rem; font-weight: normal; font-style: italic; margin: 2.8rem 0 .6rem; }
            p { margin: .6rem 0; }
            .verdict { font-size: 1.05rem; margin: 0 0 1.6rem; }
            .verdict strong { font-weight: bold; }
            .passed strong { color: var(--repair); }
            .failed strong, .crashed strong, .interrupted strong { color: var(--failure); }
            .story { font-size: 1.05rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.2rem; margin: 1.4rem 0; font-size: .88rem; }
            dt { color: var(--muted); font-style: italic; }
            dd { margin: 0; overflow-wrap: anywhere; }
            figure { margin: 2.8rem 0 0; break-inside: avoid; }
            svg { display: block; width: 100%; height: auto; overflow: visible; }
            figcaption { font-size: .86rem; line-height: 1.45; margin-top: .7rem; }
            .again { color: var(--muted); }
            details { margin: 1rem 0; font-size: .88rem; }
            summary { color: var(--muted); font-style: italic; cursor: pointer; margin-bottom: .4rem; }
            code { font: .92em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
            table { border-collapse: collapse; width: 100%; font-size: .84rem; line-height: 1.35; border-top: 1.5px solid var(--text); border-bottom: 1.5px solid var(--text); }
            th { font-weight: normal; font-style: italic; text-align: left; border-bottom: .75px solid var(--text); }
            th, td { padding: .28rem .9rem .28rem 0; vertical-align: baseline; }
            th:last-child, td:last-child { padding-right: 0; }
            td { overflow-wrap: break-word; font-variant-numeric: tabular-nums lining-nums; }
            table + table { margin-top: 1.2rem; }
            .n { text-align: right; white-space: nowrap; }
            .note { font-size: .84rem; color: var(--muted); }
            .problem { font-size: .88rem; color: var(--failure); }
            tr { break-inside: avoid; }
            h2 { break-after: avoid; }
            @media (max-width: 640px) { main { padding-top: 1.5rem; } table { display: block; } table, figure { overflow-x: auto; } svg { min-width: 560px; } }
            @media print { main { max-width: none; padding: 0; } body { font-size: 11pt; } }
            """;
}
