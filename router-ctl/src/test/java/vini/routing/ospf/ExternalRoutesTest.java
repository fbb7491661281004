package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.net.Ipv4Address;
import vini.routing.ospf.wire.ExternalLsa;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;

/** RFC 2328 16.4, step by step. We are node 1; node n + 2 is at our link n. */
class ExternalRoutesTest {
    private static final String NET = "198.51.100.0/24";

    /** (1) */
    @Test
    void anInfiniteMetricIsNoRoute() {
        Surroundings area = new Surroundings(10).boundary(2);
        assertThat(area.external(2, NET, 0xffffff, 2).route(NET)).isEqualTo("none");
        assertThat(area.external(2, NET, 0xfffffe, 2).route(NET)).isEqualTo("E2 16777214 via 0");
    }

    /** (1) */
    @Test
    void whatIsBeingFlushedIsNoRoute() {
        Surroundings area = new Surroundings(10).boundary(2);
        LsaKey key =
                new LsaKey(
                        LsaKey.AS_EXTERNAL,
                        Ipv4Address.parse("198.51.100.0").bits(),
                        Surroundings.id(2));
        ExternalLsa body = new ExternalLsa(0xffffff00, true, 5, 0);
        assertThat(area.put(key, body, LsaHeader.MAX_AGE).route(NET)).isEqualTo("none");
        assertThat(area.put(key, body, LsaHeader.MAX_AGE - 1).route(NET)).isEqualTo("E2 5 via 0");
    }

    /** (1) */
    @Test
    void whatWeAnnounceOurselvesIsNoRoute() {
        Surroundings area = new Surroundings(10).boundary(1, 2).external(1, NET, 1, 2);
        assertThat(area.route(NET)).isEqualTo("none");
        assertThat(area.external(2, NET, 9, 2).route(NET)).isEqualTo("E2 9 via 0");
    }

    /** (2) */
    @Test
    void whoDoesNotSayThatItIsABoundaryRouterIsNone() {
        Surroundings area = new Surroundings(10).external(2, NET, 5, 2);
        assertThat(area.route(NET)).isEqualTo("none");
        assertThat(area.boundary(2).route(NET)).isEqualTo("E2 5 via 0");
    }

    /** (2) */
    @Test
    void anUnreachableBoundaryRouterGivesNoRoute() {
        Surroundings area = new Surroundings(10).boundary(7).external(7, NET, 5, 2);
        assertThat(area.stub(7, "10.77.0.7/32", 0).route(NET)).isEqualTo("none");
        assertThat(area.link(2, 7, 1).route(NET)).isEqualTo("E2 5 via 0");
    }

    /** (2), with 16.2: a summary-LSA of type 4 tells the way. */
    @Test
    void aBoundaryRouterOfAnotherAreaIsReachedByTheNearestBorder() {
        Surroundings area = new Surroundings(10, 5).external(99, NET, 3, 1);
        assertThat(area.route(NET)).isEqualTo("none");
        assertThat(area.summaryOfBoundary(2, 99, 7).route(NET)).isEqualTo("E1 20 via 0");
        assertThat(area.summaryOfBoundary(3, 99, 11).route(NET)).isEqualTo("E1 19 via 1");
        assertThat(area.summaryOfBoundary(3, 99, 12).route(NET)).isEqualTo("E1 20 via 0 1");
        assertThat(area.summaryOfBoundary(3, 99, 0xffffff).route(NET)).isEqualTo("E1 20 via 0");
    }

    /** (2), with 16.2 (6): also if the way by the border were shorter. */
    @Test
    void aBoundaryRouterOfTheAreaIsReachedInsideTheArea() {
        Surroundings area = new Surroundings(10, 1).boundary(2).external(2, NET, 3, 1);
        assertThat(area.summaryOfBoundary(3, 2, 1).route(NET)).isEqualTo("E1 13 via 0");
    }

    /** (3) */
    @Test
    void withoutAForwardingAddressPacketsGoToTheBoundaryRouter() {
        Surroundings area = new Surroundings(10, 10).link(3, 4, 5).boundary(4);
        assertThat(area.external(4, NET, 100, 1).route(NET)).isEqualTo("E1 115 via 1");
    }

    /** (3) */
    @Test
    void withAForwardingAddressTheyGoThereInstead() {
        Surroundings area =
                new Surroundings(10, 10).link(3, 4, 5).stub(2, "10.9.0.0/24", 2).boundary(4);
        assertThat(area.external(4, NET, 100, 1, "10.9.0.7").route(NET)).isEqualTo("E1 112 via 0");
    }

    /** (3) */
    @Test
    void theBoundaryRouterMustBeReachableAlsoIfPacketsGoElsewhere() {
        Surroundings area = new Surroundings(10).stub(2, "10.9.0.0/24", 2).boundary(7);
        area.stub(7, "10.77.0.7/32", 0);
        assertThat(area.external(7, NET, 100, 1, "10.9.0.7").route(NET)).isEqualTo("none");
    }

    /** (3) */
    @Test
    void anUnreachableForwardingAddressIsNoRoute() {
        Surroundings area = new Surroundings(10).boundary(2);
        assertThat(area.external(2, NET, 100, 1, "10.9.0.7").route(NET)).isEqualTo("none");
    }

    /** (3): only paths inside the AS count, whatever the order of the LSAs. */
    @Test
    void aForwardingAddressThatOnlyAnotherExternalRouteReachesIsNoRoute() {
        Surroundings area = new Surroundings(10).boundary(2).external(2, "0.0.0.0/0", 1, 1);
        area.external(2, NET, 100, 1, "10.9.0.7").external(2, "10.9.0.0/24", 1, 1);
        assertThat(area.route(NET)).isEqualTo("none");
        assertThat(area.route("10.9.0.0/24")).isEqualTo("E1 11 via 0");
    }

    /** (3) */
    @Test
    void aForwardingAddressMayLieInAnotherAreaWhoseSummaryCameLater() {
        Surroundings area =
                new Surroundings(10, 3).boundary(2).external(2, NET, 100, 1, "10.9.0.7");
        assertThat(area.summary(3, "10.9.0.0/16", 4).route(NET)).isEqualTo("E1 107 via 1");
    }

    /** (3) */
    @Test
    void theLongestPrefixToTheForwardingAddressCounts() {
        Surroundings area =
                new Surroundings(10, 3)
                        .boundary(2)
                        .stub(2, "10.9.0.0/16", 1)
                        .summary(3, "10.9.0.0/24", 9);
        assertThat(area.external(2, NET, 100, 1, "10.9.0.7").route(NET)).isEqualTo("E1 112 via 1");
        assertThat(area.external(2, NET, 100, 1, "10.9.1.7").route(NET)).isEqualTo("E1 111 via 0");
    }

    /** (3): a network of ours is reached directly. */
    @Test
    void aForwardingAddressOnALinkOfOursIsReachedByThatLink() {
        Surroundings area =
                new Surroundings(10, 3).link(2, 3, 1).boundary(3).stub(3, "10.78.0.0/30", 1);
        assertThat(area.external(3, NET, 100, 1, "10.78.0.2").route(NET)).isEqualTo("E1 110 via 0");
        area.router.carrier(0, false);
        assertThat(area.route(NET)).isEqualTo("E1 104 via 1");
    }

    /** (3): else packets would come back to where they are. */
    @Test
    void aForwardingAddressThatIsOursIsNoRoute() {
        Surroundings area =
                new Surroundings(10)
                        .boundary(2)
                        .stub(2, "10.78.0.0/30", 1)
                        .stub(2, "10.77.0.0/16", 1);
        assertThat(area.external(2, NET, 100, 1, "10.78.0.1").route(NET)).isEqualTo("none");
        assertThat(area.external(2, NET, 100, 1, "10.77.0.1").route(NET)).isEqualTo("none");
        assertThat(area.external(2, NET, 100, 1, "10.77.0.2").route(NET)).isEqualTo("E1 111 via 0");
    }

    /** (4) */
    @Test
    void aType1MetricIsAddedToTheDistance() {
        Surroundings area = new Surroundings(10).link(2, 3, 20).boundary(3);
        assertThat(area.external(3, NET, 400, 1).route(NET)).isEqualTo("E1 430 via 0");
    }

    /** (4) */
    @Test
    void aType2MetricStandsForItself() {
        Surroundings area = new Surroundings(10).link(2, 3, 20).boundary(3);
        assertThat(area.external(3, NET, 400, 2).route(NET)).isEqualTo("E2 400 via 0");
        assertThat(area.external(3, NET, 0, 2).route(NET)).isEqualTo("E2 0 via 0");
    }

    /** (6) (a) */
    @Test
    void pathsInsideTheAsAreAlwaysPreferred() {
        Surroundings area = new Surroundings(10, 3).boundary(3).external(3, NET, 0, 1);
        assertThat(area.route(NET)).isEqualTo("E1 3 via 1");
        assertThat(area.summary(2, NET, 5000).route(NET)).isEqualTo("inter 5010 via 0");
        assertThat(area.stub(2, NET, 60000).route(NET)).isEqualTo("intra 60010 via 0");
    }

    /** (6) (b) */
    @Test
    void type1IsPreferredToType2WhateverTheMetrics() {
        Surroundings area = new Surroundings(10, 3).boundary(2, 3).external(3, NET, 0, 2);
        assertThat(area.route(NET)).isEqualTo("E2 0 via 1");
        assertThat(area.external(2, NET, 0xfffffe, 1).route(NET)).isEqualTo("E1 16777224 via 0");
    }

    /** (6) (c) */
    @Test
    void ofType1TheSmallerSumWins() {
        Surroundings area = new Surroundings(10, 3).boundary(2, 3).external(2, NET, 5, 1);
        assertThat(area.external(3, NET, 13, 1).route(NET)).isEqualTo("E1 15 via 0");
        assertThat(area.external(3, NET, 11, 1).route(NET)).isEqualTo("E1 14 via 1");
    }

    /** (6) (d) */
    @Test
    void ofType2TheSmallerMetricWinsHoweverFarItIs() {
        Surroundings area = new Surroundings(60000, 1).boundary(2, 3).external(3, NET, 6, 2);
        assertThat(area.route(NET)).isEqualTo("E2 6 via 1");
        assertThat(area.external(2, NET, 5, 2).route(NET)).isEqualTo("E2 5 via 0");
    }

    /** (6) (d) */
    @Test
    void ofEqualType2MetricsTheNearerWins() {
        Surroundings area = new Surroundings(10, 9).boundary(2, 3).external(2, NET, 5, 2);
        assertThat(area.external(3, NET, 5, 2).route(NET)).isEqualTo("E2 5 via 1");
    }

    /** (6) (d): the distance is that to the forwarding address. */
    @Test
    void ofEqualType2MetricsTheNearerForwardingAddressWins() {
        Surroundings area =
                new Surroundings(10, 9)
                        .boundary(2, 3)
                        .stub(2, "10.9.0.0/24", 1)
                        .external(3, NET, 5, 2);
        area.link(2, 4, 30).boundary(4);
        assertThat(area.external(4, NET, 5, 2).route(NET)).isEqualTo("E2 5 via 1");
        assertThat(area.external(4, NET, 5, 2, "10.9.0.1").route(NET)).isEqualTo("E2 5 via 1");
        area.external(3, NET, 6, 2);
        assertThat(area.route(NET)).isEqualTo("E2 5 via 0");
    }

    /** (6): equal in all respects. */
    @Test
    void equalPathsAreAllUsed() {
        Surroundings area = new Surroundings(10, 10, 7).boundary(2, 3, 4).external(2, NET, 5, 2);
        area.external(3, NET, 5, 2).external(4, NET, 6, 2);
        assertThat(area.route(NET)).isEqualTo("E2 5 via 0 1");
        area.external(2, NET, 5, 1).external(3, NET, 5, 1).external(4, NET, 8, 1);
        assertThat(area.route(NET)).isEqualTo("E1 15 via 0 1 2");
    }

    /** As the way to the boundary router has several first links, so has the route. */
    @Test
    void equalPathsToOneBoundaryRouterAreAllUsed() {
        Surroundings area = new Surroundings(10, 10).link(2, 4, 5).link(3, 4, 5).boundary(4);
        assertThat(area.external(4, "0.0.0.0/0", 20, 2).route("0.0.0.0/0"))
                .isEqualTo("E2 20 via 0 1");
    }

    /** 12.4.4, appendix E. */
    @Test
    void hostBitsOfTheLinkStateIdMeanNothing() {
        Surroundings area = new Surroundings(10).boundary(2);
        assertThat(area.external(2, "198.51.100.255/24", 5, 2).route(NET)).isEqualTo("E2 5 via 0");
    }

    @Test
    void aMaskWithHolesIsNoRoute() {
        Surroundings area = new Surroundings(10).boundary(2);
        area.put(
                new LsaKey(LsaKey.AS_EXTERNAL, 0xc6336400, Surroundings.id(2)),
                new ExternalLsa(0xff00ff00, true, 5, 0));
        assertThat(area.route(NET)).isEqualTo("none");
        assertThat(area.route("198.0.0.0/16")).isEqualTo("none");
    }
}
