/**
 * The report of a run: figures described once and drawn as SVG and PNG, the page, and the lines for
 * the terminal.
 */
@NullMarked
package vini.experiment.report;

import org.jspecify.annotations.NullMarked;
