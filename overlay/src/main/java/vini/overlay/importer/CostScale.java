package vini.overlay.importer;

import vini.overlay.topology.Direction;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes costs what OSPF has: whole numbers, 1-65535. All are multiplied by the same number where
 * that is needed, so that shortest paths stay what they were.
 */
final class CostScale {
    private static final int[] TENS = {1, 10, 100, 1000};

    private CostScale() {}

    static void apply(List<DraftLink> links, Notes notes) {
        List<DraftSide> sides = new ArrayList<>();
        double highest = 0;
        for (DraftLink link : links) {
            for (DraftSide side : List.of(link.forward, link.backward)) {
                if (side.cost > 0) {
                    sides.add(side);
                    highest = Math.max(highest, side.cost);
                }
            }
        }
        double factor = factor(sides, highest);
        if (factor > 1) {
            notes.add("costs are multiplied by " + (int) factor + ": OSPF's are whole numbers");
        } else if (factor < 1) {
            String shown = BigDecimal.valueOf(highest).stripTrailingZeros().toPlainString();
            notes.add(
                    "costs go up to " + shown + " and OSPF's to 65535: all are scaled and rounded");
        }
        boolean rounded = false;
        for (DraftSide side : sides) {
            double exact = side.cost * factor;
            double whole = Math.clamp(Math.rint(exact), 1, Direction.COST_MAX);
            rounded |= Math.abs(exact - whole) > 1e-6 * exact;
            side.cost = whole;
        }
        if (rounded && factor >= 1) {
            notes.add("costs are rounded to whole numbers");
        }
    }

    private static double factor(List<DraftSide> sides, double highest) {
        if (highest > Direction.COST_MAX) {
            return Direction.COST_MAX / highest;
        }
        double best = 1;
        for (int ten : TENS) {
            if (highest * ten > Direction.COST_MAX) {
                return best;
            }
            best = ten;
            if (sides.stream().allMatch(side -> isWhole(side.cost * ten))) {
                return best;
            }
        }
        return best;
    }

    private static boolean isWhole(double number) {
        return Math.abs(number - Math.rint(number)) < 1e-6 * Math.max(1, number);
    }
}
