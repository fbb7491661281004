package vini.forwarder.elements.tcpudp;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Puts a UDP and an IP header in front of each packet, from SRC and SPORT to DST and DPORT. DST may
 * be {@code DST_ANNO}: the packet's destination annotation. Sets the header offsets and the
 * destination annotation; the time to live is 250, identifiers count up from 0.
 *
 * <p>Arguments: SRC (address), SPORT (0-65535, or a name by PortInfo), DST (address or {@code
 * DST_ANNO}), DPORT (as SPORT), and CHECKSUM (true or false, default true: without, the UDP
 * checksum is 0, which says none). Packets of more than 65507 bytes are dropped. The receiver takes
 * the headers off with Strip(28).
 *
 * <pre>{@code
 * source -> UDPIPEncap(1.0.0.1, 1234, 2.0.0.2, 1234) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code src}, {@code sport}, {@code dst}, {@code dport} (read and write).
 */
@AutoService(Element.class)
@ElementClass(name = "UDPIPEncap", drops = "tooLong")
public final class UdpIpEncap extends UdpEncapsulation {}
