package vini.cli;

import java.util.Map;

/** The environment variables that a command sees. */
record Environment(Map<String, String> variables) {}
