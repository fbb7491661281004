package vini.experiment.report;

/** A rectangle in figure units, by its upper left corner. */
record Box(double x, double y, double width, double height) {}
