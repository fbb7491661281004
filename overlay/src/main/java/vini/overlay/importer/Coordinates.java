package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.overlay.topology.Location;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The coordinates of a file's nodes. Some files have the places of a drawing under the names of
 * latitude and longitude; then no node has a location, not even one that would be on earth.
 */
final class Coordinates {
    /**
     * If more than one in so many is impossible, it is a drawing; else it is that node's mistake.
     */
    private static final int TOLERANCE = 10;

    private final Map<DraftNode, Location> raw = new LinkedHashMap<>();
    private final Notes notes;
    private boolean drawing;

    Coordinates(Notes notes) {
        this.notes = notes;
    }

    void add(DraftNode node, double latitude, double longitude) {
        raw.put(node, new Location(latitude, longitude));
    }

    /** Gives the nodes their locations; after the last was added. */
    void place() {
        long wrong = raw.values().stream().filter(place -> !isOnEarth(place)).count();
        drawing = wrong * TOLERANCE > raw.size();
        if (drawing) {
            notes.add("the coordinates are those of a drawing, not of the earth, and left out");
            return;
        }
        raw.forEach(
                (node, place) -> {
                    if (isOnEarth(place)) {
                        node.location =
                                new Location(
                                        Fibre.degrees(place.latitude()),
                                        Fibre.degrees(place.longitude()));
                    } else {
                        notes.add("coordinates that are not on earth, left out", node.label);
                    }
                });
    }

    private static boolean isOnEarth(Location place) {
        return Math.abs(place.latitude()) <= 90 && Math.abs(place.longitude()) <= 180;
    }

    /** Makes a note of a length that somebody computed from a drawing as if it were the earth. */
    void checkLength(DraftLink link) {
        Location a = at(link.a);
        Location b = at(link.b);
        if (drawing
                && a != null
                && b != null
                && Math.abs(Fibre.km(a, b) - link.km) <= 0.01 * link.km) {
            notes.add(
                    "lengths that were computed from the drawing as if it were the earth, kept",
                    link.shown());
        }
    }

    private @Nullable Location at(DraftNode node) {
        return raw.get(node);
    }
}
