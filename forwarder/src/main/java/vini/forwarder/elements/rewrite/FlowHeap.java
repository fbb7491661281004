package vini.forwarder.elements.rewrite;

import java.util.Arrays;

/** Flows of a table by a time, the earliest first. A flow is in at most one heap. */
public final class FlowHeap {
    /** Where flows keep their place in the heap and the time by which it orders them. */
    public interface Table {
        int place(int flow);

        void place(int flow, int place);

        long order(int flow);

        void order(int flow, long nanos);
    }

    private final Table table;

    /** Added to the places of this heap's flows, which tells its flows from those of another. */
    private final int mark;

    private int[] flows = new int[64];
    private int size;

    /** A heap for flows that are in no other. */
    public FlowHeap(Table table) {
        this(table, 0);
    }

    FlowHeap(Table table, int mark) {
        this.table = table;
        this.mark = mark;
    }

    /** Whether no flow is in it. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Bytes of memory that it takes. */
    public long bytes() {
        return 4L * flows.length;
    }

    /** The earliest flow; there must be one. */
    public int first() {
        return flows[0];
    }

    boolean holds(int flow) {
        return (table.place(flow) & Integer.MIN_VALUE) == mark;
    }

    /** Puts a flow in, with its time. */
    public void add(int flow, long nanos) {
        if (size == flows.length) {
            flows = Arrays.copyOf(flows, size * 2);
        }
        table.order(flow, nanos);
        put(flow, size++);
        rise(flow);
    }

    /** Takes a flow out that is in it. */
    public void remove(int flow) {
        int hole = place(flow);
        int last = flows[--size];
        if (last != flow) {
            put(last, hole);
            rise(last);
            sink(last);
        }
    }

    /** Gives the flow another time. */
    public void move(int flow, long nanos) {
        table.order(flow, nanos);
        rise(flow);
        sink(flow);
    }

    private int place(int flow) {
        return table.place(flow) & Integer.MAX_VALUE;
    }

    private void put(int flow, int place) {
        flows[place] = flow;
        table.place(flow, place | mark);
    }

    private void rise(int flow) {
        int place = place(flow);
        while (place > 0) {
            int parent = place - 1 >>> 1;
            if (table.order(flows[parent]) <= table.order(flow)) {
                break;
            }
            put(flows[parent], place);
            place = parent;
        }
        put(flow, place);
    }

    private void sink(int flow) {
        int place = place(flow);
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && table.order(flows[child + 1]) < table.order(flows[child])) {
                child++;
            }
            if (table.order(flows[child]) >= table.order(flow)) {
                break;
            }
            put(flows[child], place);
            place = child;
        }
        put(flow, place);
    }
}
