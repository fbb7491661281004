package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

class LinkStateIdsTest {
    private static Announcement announcement(String prefix) {
        return new Announcement(Prefix.parse(prefix), 1, true);
    }

    private static Map<String, String> ids(List<Announcement> announced) {
        Map<String, String> texts = new TreeMap<>();
        LinkStateIds.of(announced)
                .forEach(
                        (id, one) ->
                                texts.put(one.prefix().toString(), new Ipv4Address(id).toString()));
        return texts;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0.0.0.0/0; 0.0.0.0/0=0.0.0.0",
                "10.0.0.0/8 10.1.0.0/16; 10.0.0.0/8=10.0.0.0, 10.1.0.0/16=10.1.0.0",
                "10.0.0.0/8 10.0.0.0/16; 10.0.0.0/16=10.0.255.255, 10.0.0.0/8=10.0.0.0",
                "10.0.0.0/24 10.0.0.0/8 10.0.0.0/16; 10.0.0.0/16=10.0.255.255,"
                        + " 10.0.0.0/24=10.0.0.255, 10.0.0.0/8=10.0.0.0",
                "0.0.0.0/0 0.0.0.0/1 128.0.0.0/1; 0.0.0.0/0=0.0.0.0, 0.0.0.0/1=127.255.255.255,"
                        + " 128.0.0.0/1=128.0.0.0",
                // A single address has no host bits to set, so the net that begins with it has.
                "10.0.0.0/24 10.0.0.0/32; 10.0.0.0/24=10.0.0.255, 10.0.0.0/32=10.0.0.0",
                "10.0.0.0/24 10.0.0.0/16 10.0.0.255/32; 10.0.0.0/16=10.0.0.0,"
                        + " 10.0.0.0/24=10.0.0.254, 10.0.0.255/32=10.0.0.255",
                // Both addresses are announced already: nothing is left to say of the pair.
                "10.0.0.0/32 10.0.0.1/32 10.0.0.0/31; 10.0.0.0/32=10.0.0.0, 10.0.0.1/32=10.0.0.1",
            })
    void theAddressIsTheIdUnlessAShorterPrefixHasIt(String prefixes, String expected) {
        List<Announcement> announced = new ArrayList<>();
        for (String prefix : prefixes.split(" ", -1)) {
            announced.add(announcement(prefix));
        }
        assertThat(ids(announced)).hasToString("{" + expected + "}");
        Collections.reverse(announced);
        assertThat(ids(announced)).hasToString("{" + expected + "}");
    }

    @Test
    void randomNestedPrefixesHaveIdsOfTheirOwnInTheirRange() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int leftOut = 0;
        int hostBits = 0;
        for (int round = 0; round < 500; round++) {
            Set<Announcement> announced = new LinkedHashSet<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                int length = 24 + random.nextInt(9);
                int bits = 0x0a000000 | random.nextInt(random.nextBoolean() ? 4 : 256);
                announced.add(announcement(new Prefix(new Ipv4Address(bits), length).toString()));
            }
            Map<Integer, Announcement> ids = LinkStateIds.of(announced);
            String where = "-Dseed=" + seed + " round " + round + " " + announced;
            for (Map.Entry<Integer, Announcement> id : ids.entrySet()) {
                assertThat(id.getValue().prefix().contains(new Ipv4Address(id.getKey())))
                        .as(where)
                        .isTrue();
                hostBits +=
                        id.getValue().prefix().address().equals(new Ipv4Address(id.getKey()))
                                ? 0
                                : 1;
            }
            Set<Announcement> missing = new LinkedHashSet<>(announced);
            missing.removeAll(ids.values());
            leftOut += missing.size();
            for (Announcement one : missing) {
                assertThat(isCovered(one, ids)).as(where + " " + one).isTrue();
            }
        }
        assertThat(leftOut).as("-Dseed=%d", seed).isPositive();
        assertThat(hostBits).as("-Dseed=%d", seed).isPositive();
    }

    /** Whether each address of the prefix is in a longer one that is announced. */
    private static boolean isCovered(Announcement one, Map<Integer, Announcement> ids) {
        Ipv4Address first = (Ipv4Address) one.prefix().address();
        for (long i = 0; i < 1L << 32 - one.prefix().length(); i++) {
            Ipv4Address address = first.plus(i);
            if (ids.values().stream()
                    .noneMatch(
                            other ->
                                    other.prefix().length() > one.prefix().length()
                                            && other.prefix().contains(address))) {
                return false;
            }
        }
        return true;
    }
}
