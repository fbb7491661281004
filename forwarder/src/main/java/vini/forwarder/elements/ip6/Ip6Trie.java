package vini.forwarder.elements.ip6;

import vini.forwarder.Batch;

/**
 * IPv6 prefixes with numbers, found by the longest that contains an address: a trie with steps of
 * six bits, whose nodes are two sets of bits (tree bitmap; Eatherton, Varghese and Dittia 2004). A
 * part of the trie with one prefix is no more than that prefix: 200,000 random ones are six steps
 * deep and take 5 MB.
 *
 * <p>All is in one array of longs. A node has three words: the set of its {@value #FAN} possible
 * children that there are; the set of the prefixes that end in it, the one of {@code bits} with
 * {@code length} below six being element {@code 1 << length | bits}; and where its children and the
 * numbers of its prefixes begin, each in a run without gaps. A single prefix has three words, too:
 * its two halves, and its number and length with a minus sign; a number alone stands as that with
 * length 0 and without the sign.
 */
final class Ip6Trie {
    private static final int STEP = 6;
    private static final int FAN = 1 << STEP;

    private static final int NODE = 3;

    // The words of a node, and of a single prefix, which begins with its high half.
    private static final int CHILDREN = 0;
    private static final int PREFIXES = 1;
    private static final int LOW = 1;
    private static final int BASES = 2;
    private static final int ROW = 2;

    private static final long SINGLE = Long.MIN_VALUE;
    private static final int NUMBER_SHIFT = Byte.SIZE;
    private static final int LENGTH_MASK = (1 << NUMBER_SHIFT) - 1;

    /** For each six bits the elements of all prefixes of them. */
    private static final long[] PATHS = new long[FAN];

    static {
        for (int bits = 0; bits < FAN; bits++) {
            for (int length = 0; length < STEP; length++) {
                PATHS[bits] |= element(bits, length);
            }
        }
    }

    private final WordRuns runs = new WordRuns();

    /** Its node stays where it is; in front of it lies a zero, the number of nothing. */
    private final int root;

    private int size;

    /** Where the addresses are that are being looked up, and which of them go on from there. */
    private final int[] nodes = new int[Batch.CAPACITY];

    private final int[] onTheWay = new int[Batch.CAPACITY];

    /** Takes a row of the table. */
    interface Rows {
        void row(long high, long low, int length, int number);
    }

    Ip6Trie() {
        int zero = runs.take(1);
        if (zero != 0) {
            throw new IllegalStateException("the first run is at " + zero);
        }
        root = runs.take(NODE);
    }

    int size() {
        return size;
    }

    /** Whether one more prefix may find no room: some millions of random ones do. */
    boolean isFull() {
        return runs.isFull();
    }

    /** Bytes that its array takes. */
    long bytes() {
        return runs.bytes();
    }

    /** The number of the longest prefix that contains the address, or 0. */
    int lookup(long high, long low) {
        int[] number = new int[1];
        lookup(new long[] {high}, new long[] {low}, number, 1);
        return number[0];
    }

    /**
     * Finds the numbers of many addresses, {@link Batch#CAPACITY} at most. They go down together,
     * step by step: so the processor waits for memory once at each step, not for each address.
     */
    void lookup(long[] high, long[] low, int[] numbers, int count) {
        long[] words = runs.words;
        for (int i = 0; i < count; i++) {
            nodes[i] = root;
            onTheWay[i] = i;
            numbers[i] = 0;
        }
        // Until the end, numbers are those of the words that have them.
        for (int depth = 0, left = count; left > 0; depth += STEP) {
            int going = 0;
            for (int k = 0; k < left; k++) {
                int i = onTheWay[k];
                int node = nodes[i];
                long bases = words[node + BASES];
                if (bases < 0) {
                    numbers[i] = contains(words, node, high[i], low[i]) ? node + ROW : numbers[i];
                    continue;
                }
                int bits = bits(high[i], low[i], depth);
                long prefixes = words[node + PREFIXES];
                long matches = prefixes & PATHS[bits];
                if (matches != 0) {
                    numbers[i] = (int) bases + rank(prefixes, Long.highestOneBit(matches));
                }
                long children = words[node + CHILDREN];
                if ((children >>> bits & 1) != 0) {
                    nodes[i] = (int) (bases >>> Integer.SIZE) + NODE * rank(children, 1L << bits);
                    onTheWay[going++] = i;
                }
            }
            left = going;
        }
        for (int i = 0; i < count; i++) {
            numbers[i] = number(words[numbers[i]]);
        }
    }

    private static boolean contains(long[] words, int single, long high, long low) {
        int length = length(words[single + ROW]);
        return ((high ^ words[single]) & mask(length)
                        | (low ^ words[single + LOW]) & mask(length - Long.SIZE))
                == 0;
    }

    /** The first {@code length} of 64 bits; none below 0, all above 64. */
    static long mask(int length) {
        return length <= 0 ? 0 : length >= Long.SIZE ? -1L : -1L << (Long.SIZE - length);
    }

    private static long row(int length, int number) {
        return SINGLE | (long) number << NUMBER_SHIFT | length;
    }

    private static int number(long row) {
        return (int) (row >>> NUMBER_SHIFT);
    }

    private static int length(long row) {
        return (int) row & LENGTH_MASK;
    }

    /** What stands for the first {@code length} of six bits in a set of prefixes. */
    private static long element(int bits, int length) {
        return 1L << (1 << length | bits >>> (STEP - length));
    }

    /** How many elements of a set are below one. */
    private static int rank(long set, long element) {
        return Long.bitCount(set & element - 1);
    }

    /** Six bits of an address from {@code depth} on; beyond its end are zeros. */
    private static int bits(long high, long low, int depth) {
        int shift = 2 * Long.SIZE - STEP - depth;
        if (shift < 0) {
            return (int) (low << -shift) & FAN - 1;
        }
        long word =
                shift >= Long.SIZE
                        ? high >>> (shift - Long.SIZE)
                        : low >>> shift | high << 1 << (Long.SIZE - 1 - shift);
        return (int) word & FAN - 1;
    }

    /** The high half of an address that has such six bits from {@code depth} on. */
    private static long high(int bits, int depth) {
        int shift = Long.SIZE - STEP - depth;
        return shift >= 0 ? (long) bits << shift : shift > -STEP ? bits >>> -shift : 0;
    }

    private static long low(int bits, int depth) {
        int shift = 2 * Long.SIZE - STEP - depth;
        return shift >= Long.SIZE ? 0 : shift >= 0 ? (long) bits << shift : bits >>> -shift;
    }

    private boolean isSingle(int node) {
        return runs.words[node + ROW] < 0;
    }

    private boolean isSingle(int node, long high, long low, int length) {
        return isSingle(node)
                && length(runs.words[node + ROW]) == length
                && contains(runs.words, node, high, low);
    }

    private boolean hasChild(int node, int bits) {
        return (runs.words[node + CHILDREN] >>> bits & 1) != 0;
    }

    private int child(int node, int bits) {
        return children(node) + NODE * rank(runs.words[node + CHILDREN], 1L << bits);
    }

    private int children(int node) {
        return (int) (runs.words[node + BASES] >>> Integer.SIZE);
    }

    private int numbers(int node) {
        return (int) runs.words[node + BASES];
    }

    private void write(int node, long first, long second, long third) {
        runs.words[node] = first;
        runs.words[node + 1] = second;
        runs.words[node + 2] = third;
    }

    private void copy(int from, int to) {
        System.arraycopy(runs.words, from, runs.words, to, NODE);
    }

    /** The number of a prefix, or 0. */
    int get(long high, long low, int length) {
        int node = root;
        for (int depth = 0; !isSingle(node); depth += STEP) {
            int bits = bits(high, low, depth);
            if (length < depth + STEP) {
                long element = element(bits, length - depth);
                long prefixes = runs.words[node + PREFIXES];
                boolean there = (prefixes & element) != 0;
                return there ? number(runs.words[numbers(node) + rank(prefixes, element)]) : 0;
            }
            if (!hasChild(node, bits)) {
                return 0;
            }
            node = child(node, bits);
        }
        return isSingle(node, high, low, length) ? number(runs.words[node + ROW]) : 0;
    }

    /** Puts a prefix in, or gives it another number, 1 or more. */
    void put(long high, long low, int length, int number) {
        int node = root;
        for (int depth = 0; ; depth += STEP) {
            if (isSingle(node, high, low, length)) {
                runs.words[node + ROW] = row(length, number);
                return;
            }
            if (isSingle(node)) {
                spread(node, depth);
            }
            if (place(node, depth, high, low, length, number)) {
                return;
            }
            node = child(node, bits(high, low, depth));
        }
    }

    /** Makes a node of a single prefix, which has it. */
    private void spread(int node, int depth) {
        long high = runs.words[node];
        long low = runs.words[node + LOW];
        long row = runs.words[node + ROW];
        write(node, 0, 0, 0);
        size--;
        place(node, depth, high, low, length(row), number(row));
    }

    /** Puts a prefix into a node, or makes it a child; false if there is that child already. */
    private boolean place(int node, int depth, long high, long low, int length, int number) {
        int bits = bits(high, low, depth);
        if (length < depth + STEP) {
            place(node, element(bits, length - depth), number);
            return true;
        }
        if (hasChild(node, bits)) {
            return false;
        }
        long set = runs.words[node + CHILDREN];
        int at = NODE * rank(set, 1L << bits);
        int run = runs.insert(children(node), NODE * Long.bitCount(set), at, NODE);
        write(node, set | 1L << bits, runs.words[node + PREFIXES], bases(run, numbers(node)));
        write(run + at, high, low, row(length, number));
        size++;
        return true;
    }

    private void place(int node, long element, int number) {
        long set = runs.words[node + PREFIXES];
        int at = rank(set, element);
        int run = numbers(node);
        if ((set & element) == 0) {
            run = runs.insert(run, Long.bitCount(set), at, 1);
            write(node, runs.words[node], set | element, bases(children(node), run));
            size++;
        }
        runs.words[run + at] = (long) number << NUMBER_SHIFT;
    }

    private static long bases(int children, int numbers) {
        return (long) children << Integer.SIZE | numbers;
    }

    /** Takes a prefix out, if it is there. */
    void remove(long high, long low, int length) {
        remove(root, 0, high, low, length);
    }

    private void remove(int node, int depth, long high, long low, int length) {
        int bits = bits(high, low, depth);
        if (length < depth + STEP) {
            displace(node, element(bits, length - depth));
        } else if (hasChild(node, bits)) {
            int child = child(node, bits);
            if (!isSingle(child)) {
                remove(child, depth + STEP, high, low, length);
                gather(child, depth + STEP, high, low);
            } else if (isSingle(child, high, low, length)) {
                removeChild(node, bits);
            }
        }
    }

    private void displace(int node, long element) {
        long set = runs.words[node + PREFIXES];
        if ((set & element) != 0) {
            int run = runs.delete(numbers(node), Long.bitCount(set), rank(set, element), 1);
            write(node, runs.words[node], set & ~element, bases(children(node), run));
            size--;
        }
    }

    private void removeChild(int node, int bits) {
        long set = runs.words[node + CHILDREN];
        int at = NODE * rank(set, 1L << bits);
        int run = runs.delete(children(node), NODE * Long.bitCount(set), at, NODE);
        write(node, set & ~(1L << bits), runs.words[node + PREFIXES], bases(run, numbers(node)));
        size--;
    }

    /** Makes a node with one prefix a single one; {@code high} and {@code low} lead to it. */
    private void gather(int node, int depth, long high, long low) {
        long children = runs.words[node + CHILDREN];
        long prefixes = runs.words[node + PREFIXES];
        if (Long.bitCount(children) + Long.bitCount(prefixes) > 1) {
            return;
        }
        if (prefixes != 0) {
            int run = numbers(node);
            int element = Long.numberOfTrailingZeros(prefixes);
            int length = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(element);
            int bits = (element ^ 1 << length) << (STEP - length);
            write(
                    node,
                    high & mask(depth) | high(bits, depth),
                    low & mask(depth - Long.SIZE) | low(bits, depth),
                    row(depth + length, number(runs.words[run])));
            runs.give(run, 1);
        } else if (isSingle(children(node))) {
            int run = children(node);
            copy(run, node);
            runs.give(run, NODE);
        }
    }

    /** All rows, in no order that means anything. */
    void forEach(Rows rows) {
        walk(root, 0, 0, 0, rows);
    }

    private void walk(int node, int depth, long high, long low, Rows rows) {
        long row = runs.words[node + ROW];
        if (row < 0) {
            rows.row(runs.words[node], runs.words[node + LOW], length(row), number(row));
            return;
        }
        int at = numbers(node);
        for (long left = runs.words[node + PREFIXES]; left != 0; left &= left - 1) {
            int element = Long.numberOfTrailingZeros(left);
            int length = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(element);
            int bits = (element ^ 1 << length) << (STEP - length);
            rows.row(
                    high | high(bits, depth),
                    low | low(bits, depth),
                    depth + length,
                    number(runs.words[at++]));
        }
        for (long left = runs.words[node + CHILDREN]; left != 0; left &= left - 1) {
            int bits = Long.numberOfTrailingZeros(left);
            walk(
                    child(node, bits),
                    depth + STEP,
                    high | high(bits, depth),
                    low | low(bits, depth),
                    rows);
        }
    }
}
