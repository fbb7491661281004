// Detours and many-to-many connections, after the forms in Click's manual.
c :: Classifier(00/01, 00/02, 00/03);
next :: Tee;
c [0], c [1] => Paint(0), Paint(1) -> next;
c [2] => ( [0] -> Paint(2) -> output ) -> next;
x :: Tee -> c2 :: Classifier(00/01, -) => (
    input [0] -> output;
    input [1] -> Paint(1) -> output
) -> y :: Discard;
x => [1] next [1], ( -> k :: Idle => (->), Paint(1) -> ) -> y;
