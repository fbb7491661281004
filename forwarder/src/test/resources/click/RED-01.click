//% info
// With STABILITY 0 the average is the queue's length: above MAX_THRESH a RED that is not gentle
// drops all, and below MIN_THRESH none.
in :: Inject -> red :: RED(2, 2, 1, STABILITY 0, GENTLE false) -> c :: Counter -> q :: Queue(10)
    -> u :: Unqueue(ACTIVE false) -> Discard;
//% do
// read red.queues
// push in 01
// push in 02
// push in 03
// push in 04
// push in 05
// read q.length
// read red.drops
// read red.avg_queue_size
// write u.active true
// run 1ms
// push in 06
// read red.drops
// write red.max_thresh 1
//% expect
// q
// 3
// 2
// 3.000
// 2
// 520 1 is outside 2 to 1000000
