/** The process that holds a live slice: its namespaces, its two processes, its links' state. */
@NullMarked
package vini.overlay.keeper;

import org.jspecify.annotations.NullMarked;
