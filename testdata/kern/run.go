package kern

// Shrinker gives memory back when there is little left.
type Shrinker interface {
	// Scan frees up to n objects and returns how many it freed.
	//
	//fencelint:runs reclaim
	Scan(n int) int
}

// Notifier hears of page table changes.
type Notifier interface {
	// Invalidate has the device let go of a range.
	//
	//fencelint:runs notifier
	Invalidate(start, end uint64)
}

// Register makes s known to reclaim.
//
//fencelint:trusted -- nothing is kept
func Register(s Shrinker) { _ = s }

// Watch makes n known to the memory manager.
//
//fencelint:trusted -- nothing is kept
func Watch(n Notifier) { _ = n }

// Spawn runs fn on a thread of its own.
//
//fencelint:calls fn async
//fencelint:trusted -- nothing is started
func Spawn(fn func()) { _ = fn }

// OnInterrupt has fn run when the device raises an interrupt.
//
//fencelint:calls fn in atomic async
//fencelint:trusted -- there is no device
func OnInterrupt(fn func()) { _ = fn }

// Each calls fn once for each of n objects, now.
//
//fencelint:calls fn
//fencelint:trusted -- the order does not matter
func Each(n int, fn func(int)) {
	for i := range n {
		fn(i)
	}
}

// Sleep waits for a while that has no limit.
//
//fencelint:sleeps
//fencelint:trusted -- time stands still
func Sleep(ticks int) { _ = ticks }

// Pause waits for a few ticks at most.
//
//fencelint:sleeps bounded
//fencelint:trusted -- time stands still
func Pause(ticks int) { _ = ticks }

// CopyFromUser waits for whatever a page fault waits for.
//
//fencelint:blocks
//fencelint:trusted -- there are no users
func CopyFromUser(dst []byte) bool { return len(dst) > 0 }
