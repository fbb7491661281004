r :: RatedSource(DATA \<ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002>, LIMIT 3, STOP true)
-> c :: Classifier(12/0806, -) -> ARPResponder(10.0.0.2 2:2:2:2:2:2) -> sw :: EtherSwitch -> Discard;
c[1] -> Strip(14) -> [0]a :: ARPQuerier(1.0.0.1, 1:1:1:1:1:1) -> [1]sw[1] -> [1]a;
