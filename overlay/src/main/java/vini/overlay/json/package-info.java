/**
 * JSON that people write: parsed to a tree that knows the line and column of everything, bound to
 * records by their components, all mistakes collected; the same components give the JSON Schema.
 */
@NullMarked
package vini.overlay.json;

import org.jspecify.annotations.NullMarked;
