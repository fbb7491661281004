/** From a topology to one Click text per node and one configuration for the router process. */
@NullMarked
package vini.overlay.graph;

import org.jspecify.annotations.NullMarked;
