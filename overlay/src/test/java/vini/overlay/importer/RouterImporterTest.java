package vini.overlay.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** A triangle of three makes of router, with a stub each. */
class RouterImporterTest {
    static final String IOS =
            """
            version 15.2
            hostname core-1
            !
            interface Loopback0
             ip address 192.0.2.1 255.255.255.255
            !
            interface GigabitEthernet0/0
             description to frr
             ip address 10.0.12.1 255.255.255.252
             ip ospf cost 5
             ip ospf hello-interval 5
             ip ospf dead-interval 15
            !
            interface Serial0/1
             bandwidth 2000
             ip address 10.0.13.1 255.255.255.252
             ip ospf hello-interval 5
             ip ospf dead-interval 15
            !
            interface FastEthernet0/2
             ip address 172.16.1.1 255.255.255.0
            !
            interface FastEthernet0/3
             ip address 172.16.9.1 255.255.255.0
             shutdown
            !
            router ospf 1
             network 10.0.0.0 0.255.255.255 area 0
             network 172.16.0.0 0.0.255.255 area 1
             passive-interface FastEthernet0/2
            !
            router bgp 65001
             neighbor 10.9.9.9 remote-as 65002
            !
            ip route 0.0.0.0 0.0.0.0 172.16.1.254
            end
            """;

    static final String FRR =
            """
            frr version 10.3
            frr defaults traditional
            hostname frr2
            !
            interface eth0
             ip address 10.0.12.2/30
             ip ospf area 0
             ip ospf cost 7
             ip ospf hello-interval 5
             ip ospf dead-interval 15
            exit
            !
            interface eth1
             ip address 10.0.23.0/31
             ipv6 address 2001:db8::1/64
             ip ospf area 0
             ip ospf hello-interval 1
             ip ospf dead-interval 4
            exit
            !
            interface lo
             ip address 192.0.2.2/32
             ip ospf area 0
             ip ospf passive
            exit
            !
            router ospf
             ospf router-id 192.0.2.2
            exit
            !
            """;

    static final String JUNOS =
            """
            ## Last changed: never
            version 21.2R1;
            system {
                host-name J3;
            }
            interfaces {
                ge-0/0/0 {
                    unit 0 {
                        family inet {
                            address 10.0.13.2/30;
                        }
                    }
                }
                ge-0/0/1 {
                    unit 0 {
                        family inet {
                            address 10.0.23.1/31;
                        }
                    }
                }
                lo0 {
                    unit 0 {
                        family inet {
                            address 192.0.2.1/32;
                        }
                    }
                }
            }
            protocols {
                ospf {
                    area 0.0.0.0 {
                        interface ge-0/0/0.0 {
                            metric 9; /* slow */
                            hello-interval 5;
                            dead-interval 15;
                        }
                        interface ge-0/0/1.0 {
                            hello-interval 5;
                            dead-interval 15;
                        }
                        interface lo0.0 {
                            passive;
                        }
                    }
                }
                lldp {
                    interface all;
                }
            }
            """;

    @TempDir Path folder;
    private Sample sample = new Sample(Path.of(""));

    @BeforeEach
    void useFolder() {
        sample = new Sample(folder);
    }

    private Imported triangle() throws IOException {
        sample.file("office/core.cfg", IOS);
        sample.file("office/frr2/frr.conf", FRR);
        sample.file("office/j3.conf", JUNOS);
        sample.file("office/README.txt", "who has the keys: nobody\n");
        return Imports.read(folder.resolve("office"), null, null);
    }

    @Test
    void interfacesOfOneSubnetAreALink() throws IOException {
        Imported imported = triangle();
        assertThat(imported.format().name()).isEqualTo("routers");
        assertThat(Sample.lines(imported, "nodes"))
                .containsExactly(
                        "\"core-1\": {\"address\": \"192.0.2.1\"}",
                        "\"frr2\": {\"address\": \"192.0.2.2\"}",
                        "\"j3\": {\"label\": \"J3\"}");
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"core-1\", \"frr2\"], \"cost\": [5, 7],"
                                + " \"addresses\": [\"10.0.12.1/30\", \"10.0.12.2/30\"]}",
                        "{\"between\": [\"core-1\", \"j3\"], \"cost\": [50, 9],"
                                + " \"addresses\": [\"10.0.13.1/30\", \"10.0.13.2/30\"]}",
                        "{\"between\": [\"frr2\", \"j3\"],"
                                + " \"addresses\": [\"10.0.23.0/31\", \"10.0.23.1/31\"]}");
        assertThat(imported.topology().routing().helloSeconds()).isEqualTo(5);
        assertThat(imported.topology().routing().deadSeconds()).isEqualTo(15);
    }

    @Test
    void whatIsLostIsSaid() throws IOException {
        assertThat(Sample.notes(triangle()))
                .containsExactlyInAnyOrder(
                        "files that are no router's configuration, left out: README.txt",
                        "parts of configurations without a place here: router bgp, ip route,"
                                + " protocols lldp",
                        "IPv6 addresses, left out: frr2",
                        "interfaces that are shut down, left out: core-1 FastEthernet0/3",
                        "subnets of one router only, left out: 172.16.1.0/24",
                        "interfaces with other timers than hello 5 s, dead 15 s, given these: frr2"
                                + " eth1",
                        "addresses that clash or are not unicast, chosen anew: 192.0.2.1",
                        "links whose delay is not known, 0 here: core-1 - frr2, core-1 - J3, frr2 -"
                                + " J3");
    }

    @Test
    void setLinesSayTheSameAsBraces() throws IOException {
        sample.file(
                "set/a.set",
                """
                set system host-name a
                set interfaces xe-0/0/0 unit 7 family inet address 10.1.1.1/24
                set protocols ospf area 0 interface xe-0/0/0.7 metric 3
                """);
        sample.file(
                "set/b.set",
                """
                set system host-name b
                set interfaces xe-0/0/0 unit 0 family inet address 10.1.1.2/24
                set protocols ospf area 0 interface all
                """);
        sample.file(
                "set/c.cfg",
                """
                hostname c
                interface eth0
                 ip address 10.1.1.3/24
                router ospf
                 network 10.1.1.0/24 area 0
                """);
        Imported imported = Imports.read(folder.resolve("set"), null, null);
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"a\", \"b\"], \"cost\": [3, 10]}",
                        "{\"between\": [\"a\", \"c\"], \"cost\": [3, 10]}",
                        "{\"between\": [\"b\", \"c\"]}");
        assertThat(imported.topology().routing().helloSeconds()).isEqualTo(10);
        assertThat(imported.topology().routing().deadSeconds()).isEqualTo(40);
        assertThat(Sample.notes(imported))
                .contains(
                        "shared networks, made links between each two of their nodes: 10.1.1.0/24");
    }

    @Test
    void aLargeSharedNetworkIsANode() throws IOException {
        for (int i = 1; i <= 9; i++) {
            sample.file(
                    "lan/r" + i + ".cfg",
                    "hostname r%d%ninterface eth0%n ip address 10.2.0.%d/24%n".formatted(i, i));
        }
        Imported imported = Imports.read(folder.resolve("lan"), null, "lan");
        assertThat(imported.topology().links()).hasSize(9);
        assertThat(Sample.lines(imported, "nodes").getLast())
                .isEqualTo("\"n10-2-0-0-24\": {\"label\": \"10.2.0.0/24\"}");
        assertThat(Sample.notes(imported))
                .contains("no OSPF in the configurations: here it runs on every link");
    }

    @Test
    void mistakesAreNamedWithFileAndLine() {
        assertThatThrownBy(
                        () ->
                                sample.of(
                                        "x.cfg",
                                        "hostname x\ninterface e0\n ip address 10.0.0.300/24\n"))
                .hasMessageContaining("x.cfg:3:1: ip address: ");
        assertThatThrownBy(
                        () -> sample.of("x.cfg", "hostname x\ninterface e0\n ip ospf cost 70000\n"))
                .hasMessageContaining("x.cfg:3:1: \"70000\" is no number from 1 to 65535");
        assertThatThrownBy(() -> sample.of("j.conf", "interfaces {\n".repeat(100_000)))
                .hasMessageContaining("nested deeper than 64");
        assertThatThrownBy(() -> sample.of("j.conf", "interfaces {\n ge-0/0/0 {\n }\n"))
                .hasMessageContaining("j.conf:3:1: a { without its }");
    }
}
