package vini.experiment.report;

/** A place in a figure, in its units (CSS pixels at full width), from the upper left corner. */
record Point(double x, double y) {}
