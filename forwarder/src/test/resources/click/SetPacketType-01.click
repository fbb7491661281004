//% info
// SetPacketType refuses what is no type.
in :: Inject -> SetPacketType(BROADCAST) -> s :: SetPacketType(me) -> out :: Collect;
//% do
// push in 0a
//% expect
// 's :: SetPacketType': TYPE: 'me' is not one of [HOST, BROADCAST, MULTICAST, OTHERHOST, OUTGOING, LOOPBACK, FASTROUTE]
