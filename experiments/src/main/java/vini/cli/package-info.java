/** The {@code vini} command: each subcommand in a file of its own. */
@NullMarked
package vini.cli;

import org.jspecify.annotations.NullMarked;
