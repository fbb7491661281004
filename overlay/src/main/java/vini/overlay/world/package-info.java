/** What an experiment acts on, be it live or virtual: links, hosts, processes, time. */
@NullMarked
package vini.overlay.world;

import org.jspecify.annotations.NullMarked;
