package vini.forwarder.elements.ip;

import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds routes by looking at one after the other, longest prefix first. */
abstract class LinearTable extends IpRouteTable {
    private int[] ways = {};
    private int[] masks = {};
    private int[] addresses = {};
    private boolean changed;

    private record Row(int bits, int length, int way) {}

    @Override
    protected final int find(int address) {
        if (changed) {
            sort();
        }
        for (int i = 0; i < masks.length; i++) {
            if ((address & masks[i]) == addresses[i]) {
                return ways[i];
            }
        }
        return 0;
    }

    private void sort() {
        List<Row> rows = new ArrayList<>();
        table().forEach((bits, length, way) -> rows.add(new Row(bits, length, way)));
        rows.sort(Comparator.comparingInt(row -> -row.length));
        ways = rows.stream().mapToInt(Row::way).toArray();
        masks = rows.stream().mapToInt(row -> Ipv4Address.mask(row.length)).toArray();
        addresses = rows.stream().mapToInt(Row::bits).toArray();
        changed = false;
    }

    @Override
    protected final void changed() {
        changed = true;
    }
}
