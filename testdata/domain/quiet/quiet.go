// Package quiet is code as it should be, in the shapes that drivers have. Nothing in
// it is wrong.
package quiet

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fencelint/fencelint/testdata/kern"
)

var (
	errClosed = errors.New("closed")
	errMemory = errors.New("no memory")
)

// Fence is a job's.
type Fence struct {
	kern.Fence
	seq uint64
}

// Aggregate is one for many.
type Aggregate struct{ kern.Fence }

// slab has what jobs need before they are published.
type slab struct {
	mu   sync.Mutex
	free []*job
}

type job struct {
	fence  Fence
	out    *Aggregate
	pages  []*kern.Page
	next   *job
	slot   int
	cancel context.CancelFunc
}

func (s *slab) get() (*job, error) {
	s.mu.Lock()
	if n := len(s.free); n > 0 {
		j := s.free[n-1]
		s.free = s.free[:n-1]
		s.mu.Unlock()
		return j, nil
	}
	s.mu.Unlock()
	if kern.Alloc(64, kern.Kernel) == nil {
		return nil, errMemory
	}
	return &job{}, nil
}

func (s *slab) put(j *job) {
	s.mu.Lock()
	s.free = append(s.free, j)
	s.mu.Unlock()
}

// ring is the hardware's queue.
type ring struct {
	lock       kern.Spin
	head, tail *job
	count      int
	space      kern.WaitQueue
	//fencelint:workqueue ordered rescuer
	events kern.WorkQueue
	//fencelint:workqueue
	cleanup kern.WorkQueue
	slab    *slab
	stats   atomic.Int64
}

// push hands a job over.
//
//fencelint:takes j.fence
func (r *ring) push(j *job) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.tail == nil {
		r.head = j
	} else {
		r.tail.next = j
	}
	r.tail = j
	r.count++
}

func (r *ring) pop() *job {
	r.lock.Lock()
	defer r.lock.Unlock()
	j := r.head
	if j == nil {
		return nil
	}
	if r.head = j.next; r.head == nil {
		r.tail = nil
	}
	r.count--
	return j
}

// submit reserves, then publishes, then cannot fail.
func (r *ring) submit(resv *kern.Resv, pages int) (*Fence, error) {
	j, err := r.slab.get()
	if err != nil {
		return nil, err
	}
	for range pages {
		p := kern.Alloc(4096, kern.Kernel)
		if p == nil {
			r.slab.put(j)
			return nil, errMemory
		}
		j.pages = append(j.pages, p)
	}
	r.space.Wait(func() bool { return r.count < 64 })
	resv.Lock()
	defer resv.Unlock()
	resv.Install(&j.fence.Fence)
	r.push(j)
	return &j.fence, nil
}

// interrupt only queues.
func (r *ring) interrupt() { r.events.Push(r.complete) }

// complete completes in place; what is heavy it leaves to somebody else.
func (r *ring) complete() {
	for j := r.pop(); j != nil; j = r.pop() {
		j.fence.Signal(nil)
		r.stats.Add(1)
		r.space.Wake()
		r.cleanup.Push(func() { r.release(j) })
	}
}

// release may do what it likes: the fence has signalled.
func (r *ring) release(j *job) {
	for _, p := range j.pages {
		kern.Free(p)
	}
	j.pages = nil
	if j.cancel != nil {
		j.cancel()
	}
	r.slab.put(j)
	kern.Pause(1)
}

// timeout gives up what hangs.
func (r *ring) timeout() {
	for j := r.pop(); j != nil; j = r.pop() {
		j.fence.Signal(errClosed)
	}
	r.space.Wake()
}

// watchdog waits for its tick, or for the end: both are idle.
func (r *ring) watchdog(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			r.timeout()
		}
	}
}

// Start starts all of it.
func Start(ctx context.Context) *ring {
	r := &ring{slab: &slab{}}
	kern.OnInterrupt(r.interrupt)
	go r.watchdog(ctx)
	return r
}

// cache is shrunk under memory pressure.
type cache struct {
	lru   kern.Mutex
	busy  *Fence
	clean []*kern.Page
	mode  atomic.Int32
}

// add allocates under the lock, as everybody does.
func (c *cache) add(n int) error {
	c.lru.Lock()
	defer c.lru.Unlock()
	for range n {
		p := kern.Alloc(4096, kern.Kernel)
		if p == nil {
			return errMemory
		}
		c.clean = append(c.clean, p)
	}
	return nil
}

// Scan skips what is contended, and waits for a fence, which it may.
func (c *cache) Scan(n int) (freed int) {
	if !c.lru.TryLock() {
		return 0
	}
	defer c.lru.Unlock()
	if c.busy != nil && !c.busy.Done() {
		c.busy.Wait()
	}
	for len(c.clean) > 0 && freed < n {
		kern.Free(c.clean[len(c.clean)-1])
		c.clean = c.clean[:len(c.clean)-1]
		freed++
	}
	return freed
}

// NewCache registers one.
func NewCache(n int) (*cache, error) {
	c := &cache{}
	if err := c.add(n); err != nil {
		return nil, err
	}
	kern.Register(c)
	return c, nil
}

// mirror follows a process's memory.
type mirror struct {
	lock   kern.Mutex
	ranges map[uint64]uint64
	busy   *Fence
}

// Invalidate waits for the device and takes a lock that is held over nothing.
func (m *mirror) Invalidate(start, end uint64) {
	if m.busy != nil {
		m.busy.Wait()
	}
	m.lock.Lock()
	delete(m.ranges, start)
	m.lock.Unlock()
}

// bind has its pages before it locks.
func (m *mirror) bind(start, end uint64) error {
	p := kern.Alloc(8, kern.Kernel)
	if p == nil {
		return errMemory
	}
	m.lock.Lock()
	m.ranges[start] = end
	m.lock.Unlock()
	return nil
}

// NewMirror watches.
func NewMirror() (*mirror, error) {
	m := &mirror{ranges: map[uint64]uint64{}}
	kern.Watch(m)
	return m, m.bind(0, 1)
}

// aggregate signals one fence when all of many have.
func aggregate(fs []*Fence) *Aggregate {
	all := &Aggregate{}
	var left atomic.Int64
	left.Store(int64(len(fs)))
	for _, f := range fs {
		f.OnSignal(func() {
			if left.Add(-1) == 0 {
				all.Signal(nil)
			}
		})
	}
	return all
}

// wait waits for many, as a client may.
func wait(ctx context.Context, fs []*Fence) error {
	for _, f := range fs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// pipeline sends jobs through stages, each a goroutine, the last of which signals.
func pipeline(ctx context.Context, jobs <-chan *job) {
	ready := make(chan *job, 4)
	done := make(chan *job, 4)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(ready)
		for j := range jobs {
			j.pages = append(j.pages, kern.Alloc(4096, kern.Kernel))
			select {
			case ready <- j:
			case <-ctx.Done():
				return
			}
		}
	})
	wg.Go(func() {
		defer close(done)
		for j := range ready {
			done <- j
		}
	})
	wg.Go(func() {
		for j := range done {
			j.fence.Signal(nil)
		}
	})
	wg.Wait()
}

// poll looks whether a job is done already; the interrupt is what counts.
//
//fencelint:runs opportunistic
func poll(r *ring, f *Fence) bool {
	if f.Done() {
		return true
	}
	kern.Free(kern.Alloc(64, kern.Kernel))
	r.complete()
	return f.Done()
}

// refs frees an object when the last one lets go, wherever that is.
type refs struct {
	n    atomic.Int32
	free func()
	//fencelint:workqueue
	work kern.WorkQueue
}

func (r *refs) put() {
	if r.n.Add(-1) == 0 {
		r.work.Push(r.free)
	}
}

// object is one that is freed with a lock and a sleep, later.
func object(mu *kern.Mutex, f *kern.Fence) *refs {
	r := &refs{free: func() {
		mu.Lock()
		kern.Sleep(1)
		mu.Unlock()
	}}
	f.OnSignal(r.put)
	return r
}

// stats is read and written everywhere, under a lock of its own.
type stats struct {
	mu     kern.Mutex
	counts map[string]int
}

func (s *stats) add(name string) {
	s.mu.Lock()
	s.counts[name]++
	s.mu.Unlock()
}

// counted counts in a section.
func counted(s *stats, f *Fence) {
	go func() {
		s.add("start")
		f.Signal(nil)
		s.add("end")
	}()
}

// Use keeps it in use.
func Use(ctx context.Context, resv *kern.Resv, mu *kern.Mutex) error {
	r := Start(ctx)
	f, err := r.submit(resv, 3)
	if err != nil {
		return err
	}
	poll(r, f)
	counted(&stats{counts: map[string]int{}}, f)
	object(mu, &f.Fence).put()
	jobs := make(chan *job)
	go pipeline(ctx, jobs)
	jobs <- &job{}
	close(jobs)
	aggregate([]*Fence{f}).Wait()
	return wait(ctx, []*Fence{f})
}
