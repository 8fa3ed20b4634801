package kern

// WaitQueue is where a goroutine waits until a condition holds.
//
//fencelint:waitqueue
type WaitQueue struct{ woken bool }

// Wait returns when cond holds.
//
//fencelint:waits q until cond
//fencelint:trusted -- a wait without a scheduler
func (q *WaitQueue) Wait(cond func() bool) { q.woken = cond() }

// Wake has the waiters look again.
//
//fencelint:wakes q
//fencelint:trusted -- there are no waiters
func (q *WaitQueue) Wake() { q.woken = true }

// WorkQueue runs functions later, on workers of its own.
//
//fencelint:workqueue
type WorkQueue struct{ queued int }

// Push has fn run later.
//
//fencelint:queues fn on q
//fencelint:trusted -- nothing is kept
func (q *WorkQueue) Push(fn func()) {
	if fn != nil {
		q.queued++
	}
}

// Flush returns when what was pushed has run.
//
//fencelint:flushes q
//fencelint:trusted -- a wait without a scheduler
func (q *WorkQueue) Flush() { q.queued = 0 }

// Slots is a bounded pool.
//
//fencelint:pool
type Slots struct{ free int }

// Get takes a slot, waiting for one if it must.
//
//fencelint:acquires s
//fencelint:trusted -- one thread
func (s *Slots) Get() int {
	s.free--
	return s.free
}

// TryGet takes a slot if there is one.
//
//fencelint:acquires s try
//fencelint:trusted -- one thread
func (s *Slots) TryGet() bool {
	s.free--
	return s.free >= 0
}

// Put gives a slot back.
//
//fencelint:releases s
//fencelint:trusted -- one thread
func (s *Slots) Put() { s.free++ }
