elementclass Queue {
  $cap, $rate | input -> Queue($cap) -> Shaper($rate) -> output
|| ...
}
elementclass Device { $dev, ADDR $addr, __REST__ $rest |
  define($label "dev $dev")
  elementclass Encap { $mac | input -> EtherEncap(0x0800, $addr, $mac) -> output }
  FromDevice($dev, $rest) -> Print("$label ${dev-none}", MAXLENGTH ${rest[1]-60}) -> output;
  input -> Queue(64, 1000) -> Encap(ff:ff:ff:ff:ff:ff) -> ToDevice($dev);
}
eth0 :: Device(eth0, ADDR 1:2:3:4:5:6, SNIFFER false);
eth0 -> { [0] -> Strip(14) -> [0] } -> eth0;
InfiniteSource(DATA \<00 01 02>, LIMIT 5) -> Queue(10) -> Discard;
