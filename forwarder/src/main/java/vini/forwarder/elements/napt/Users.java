package vini.forwarder.elements.napt;

import java.util.Arrays;

/**
 * The hosts of the inside that have mappings: how many each has, a ring of them, and what was
 * refused to it. Who has none is forgotten.
 */
final class Users {
    static final int NONE = -1;

    private static final int USERS_AT_FIRST = 16;

    private final long hashSeed;
    private int[] addresses = new int[USERS_AT_FIRST];
    private int[] sessions = new int[USERS_AT_FIRST];

    /** A mapping of each user's ring; the next of those who are free. */
    private int[] heads = new int[USERS_AT_FIRST];

    private long[] refused = new long[USERS_AT_FIRST];

    /** A user plus 1, by the hash of the address; 0 where empty. */
    private int[] index = new int[USERS_AT_FIRST * 2];

    private int usersEver;
    private int firstFree = NONE;
    private int size;

    Users(long hashSeed) {
        this.hashSeed = hashSeed;
    }

    /** How many have mappings. */
    int size() {
        return size;
    }

    /** Numbers of users are below this. */
    int end() {
        return usersEver;
    }

    /** Bytes of memory that the table takes. */
    long bytes() {
        return 4L * (addresses.length + sessions.length + heads.length + index.length)
                + 8L * refused.length;
    }

    boolean isLive(int user) {
        return sessions[user] > 0;
    }

    int address(int user) {
        return addresses[user];
    }

    /** Sessions of a user; a mapping has one at least. */
    int sessions(int user) {
        return sessions[user];
    }

    /** Some mapping of the user. */
    int head(int user) {
        return heads[user];
    }

    void head(int user, int mapping) {
        heads[user] = mapping;
    }

    long refused(int user) {
        return refused[user];
    }

    void refuse(int user) {
        refused[user]++;
    }

    /** A number that a host always has, from 0 to before {@code bound}. */
    int choice(int address, int bound) {
        return bound == 1 ? 0 : (int) ((hash(address) & 0xffffffffL) * bound >>> 32);
    }

    private int hash(int address) {
        long mixed = (address ^ hashSeed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32);
    }

    /** The user of that address, or NONE. */
    int find(int address) {
        int mask = index.length - 1;
        for (int at = hash(address) & mask; index[at] != 0; at = at + 1 & mask) {
            if (addresses[index[at] - 1] == address) {
                return index[at] - 1;
            }
        }
        return NONE;
    }

    /** Adds a user who is not there, who has one session now. */
    int add(int address) {
        int user = firstFree;
        if (user == NONE) {
            user = usersEver++;
            if (usersEver > addresses.length) {
                int more = 2 * addresses.length;
                addresses = Arrays.copyOf(addresses, more);
                sessions = Arrays.copyOf(sessions, more);
                heads = Arrays.copyOf(heads, more);
                refused = Arrays.copyOf(refused, more);
            }
        } else {
            firstFree = heads[user];
        }
        addresses[user] = address;
        sessions[user] = 1;
        heads[user] = MappingTable.NONE;
        refused[user] = 0;
        size++;
        if (size * 2 > index.length) {
            index = new int[2 * index.length];
            for (int other = 0; other < usersEver; other++) {
                if (other != user && isLive(other)) {
                    enter(other);
                }
            }
        }
        enter(user);
        return user;
    }

    private void enter(int user) {
        int mask = index.length - 1;
        int at = hash(addresses[user]) & mask;
        while (index[at] != 0) {
            at = at + 1 & mask;
        }
        index[at] = user + 1;
    }

    /** One session more. */
    void more(int user) {
        sessions[user]++;
    }

    /** One session less; who has none is no user any more. */
    void less(int user) {
        if (--sessions[user] == 0) {
            leave(user);
            heads[user] = firstFree;
            firstFree = user;
            size--;
        }
    }

    private void leave(int user) {
        int mask = index.length - 1;
        int hole = hash(addresses[user]) & mask;
        while (index[hole] != user + 1) {
            hole = hole + 1 & mask;
        }
        for (int at = hole + 1 & mask; index[at] != 0; at = at + 1 & mask) {
            int home = hash(addresses[index[at] - 1]) & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                index[hole] = index[at];
                hole = at;
            }
        }
        index[hole] = 0;
    }
}
