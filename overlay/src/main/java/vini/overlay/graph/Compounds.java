package vini.overlay.graph;

/**
 * What a node does beyond Click's elements as far as it can be said in Click: compounds, written at
 * the top of the node's text, where they can be read and changed.
 */
final class Compounds {
    /** 224.0.0.5 and .6 are AllSPFRouters and AllDRouters of RFC 2328 A.1. */
    static final String PUNT =
            """
            // What comes in by a link: OSPF (protocol 89) to the routers' groups or to $ours, the
            // node's ends of links, goes to output 1, all else to output 0.
            elementclass Punt { $ours |
                input -> ospf :: IPClassifier(
                    ip proto 89 and (dst host 224.0.0.5 or 224.0.0.6 or $ours), -);
                ospf[0] -> [1]output;
                ospf[1] -> [0]output;
            }
            """;

    static final String GUARD_HOST =
            """
            // What the host sends: it may not speak for the router, nor to groups.
            elementclass GuardHost {
                input -> uninvited :: IPFilter(
                    deny ip proto 89 or dst net 224.0.0.0/4, allow all) -> output;
            }
            """;

    /**
     * Whatever the node has for its host goes to the host's own address, as by a tun device: the
     * host, not ARP, decides on packets for the node's ends of links.
     */
    static final String ETHER_HOST =
            """
            // A host behind an Ethernet device: the node answers ARP for all that the host asks for
            // (proxy ARP), asks for the host, and takes IP packets out of the frames. Frames of
            // other protocols leave by output 1.
            elementclass EtherHost { $host, $gateway, $ether, __REST__ $device |
                device :: Host(TYPE tap, $device);
                arp :: ARPQuerier($gateway, $ether);
                device -> type :: Classifier(12/0806 20/0001, 12/0806 20/0002, 12/0800, -);
                type[0] -> ARPResponder(0.0.0.0/0 $ether) -> device;
                type[1] -> [1]arp;
                type[2] -> Strip(14) -> [0]output;
                type[3] -> [1]output;
                input -> SetIPAddress($host) -> [0]arp -> device;
            }
            """;

    private Compounds() {}
}
