/**
 * Topologies from files of others. An {@link vini.overlay.importer.Importer} reads one format into
 * a {@link vini.overlay.importer.Draft}, which is fitted to what a topology can hold; what it
 * cannot hold is noted.
 */
@NullMarked
package vini.overlay.importer;

import org.jspecify.annotations.NullMarked;
