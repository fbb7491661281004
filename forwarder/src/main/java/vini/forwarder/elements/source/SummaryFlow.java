package vini.forwarder.elements.source;

import vini.net.Ipv4Address;

import java.util.List;

/**
 * Addresses and ports of packets that have none of their own: {@code SRC SPORT DST DPORT [PROTO]}.
 *
 * @param protocol -1 where it is not said
 */
record SummaryFlow(
        Ipv4Address source,
        int sourcePort,
        Ipv4Address destination,
        int destinationPort,
        int protocol) {
    static SummaryFlow parse(String text) {
        List<String> words = SummaryWords.split(text);
        if (words.size() < 4 || words.size() > 5) {
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is not SRC SPORT DST DPORT [PROTO]");
        }
        return new SummaryFlow(
                Ipv4Address.parse(words.get(0)),
                (int) SummaryReader.number(words.get(1), 65_535),
                Ipv4Address.parse(words.get(2)),
                (int) SummaryReader.number(words.get(3), 65_535),
                words.size() > 4 ? SummaryReader.protocol(words.get(4)) : -1);
    }
}
