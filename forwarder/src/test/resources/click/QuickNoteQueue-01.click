//% info
// The source fills a QuickNoteQueue and sleeps; when the capacity grows it goes on.
i :: InfiniteSource -> q :: QuickNoteQueue -> Idle;
//% do
// run 20ms
// read i.count
// write q.capacity 1010
// run 20ms
// read i.count
// write q.capacity 10
// read q.length
// read q.drops
// run 20ms
// read i.count
//% expect
// 1000
// 1010
// 10
// 1000
// 1010
