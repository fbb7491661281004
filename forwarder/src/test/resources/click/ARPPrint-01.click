//% info
// ARPPrint prints as tcpdump does.
in :: Inject -> p :: ARPPrint(arpo, ETHER true) -> ARPPrint(TIMESTAMP false) -> out :: Discard;
//% do
// push in ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002 020000000001020000000002080600010800060400020200000000020a0000020200000000010a000001 0a
// write p.active false
// push in ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002
//% expect
// arpo: 0.000000: 02-00-00-00-00-01 > FF-FF-FF-FF-FF-FF: arp who-has 10.0.0.2 tell 10.0.0.1
// arpo: 0.000000: 02-00-00-00-00-02 > 02-00-00-00-00-01: arp reply 10.0.0.2 is-at 02-00-00-00-00-02
// arpo: 0.000000: (no Ethernet header)
// arp who-has 10.0.0.2 tell 10.0.0.1
// arp reply 10.0.0.2 is-at 02-00-00-00-00-02
// (no Ethernet header)
// arp who-has 10.0.0.2 tell 10.0.0.1
