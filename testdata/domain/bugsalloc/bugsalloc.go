// Package bugsalloc is the first part of the catalogue of real bugs: allocations on the
// way to a signal. Each stands beside its fix.
package bugsalloc

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is a hardware fence.
type Fence struct{ kern.Fence }

// backend is the scheduler's view of a driver.
type backend interface {
	// prepare returns a fence to wait for first.
	//
	//fencelint:runs signalling
	prepare(j *job) *Fence
	// run starts a job.
	//
	//fencelint:runs signalling
	run(j *job) *Fence
	// timedOut is called when the hardware hangs.
	//
	//fencelint:runs signalling
	timedOut(j *job)
	// free comes after the job's fence.
	free(j *job)
}

type job struct {
	fence *Fence
	done  Fence
	next  *job
	pages []*kern.Page
}

// amdgpu emits a fence in run: it comes from a slab.
type amdgpu struct {
	vmids kern.Mutex
	sync  []*Fence
}

func newFence(flags kern.Flags) *Fence {
	if kern.Alloc(64, flags) == nil {
		return nil
	}
	return &Fence{}
}

func (a *amdgpu) run(j *job) *Fence {
	j.fence = newFence(kern.Kernel) // want alloc-in-signalling[contract]
	return j.fence
}

// prepare grabs a VMID, with an array of the fences that stand in its way.
func (a *amdgpu) prepare(j *job) *Fence {
	a.vmids.Lock()
	defer a.vmids.Unlock()
	var ok bool
	if a.sync, ok = kern.Grow(a.sync, 8, kern.NoFS); !ok { // want alloc-in-signalling[contract]
		return nil
	}
	return a.sync[0]
}

func (a *amdgpu) timedOut(j *job) { j.done.Signal(nil) }

func (a *amdgpu) free(j *job) { kern.Alloc(1, kern.Kernel) }

// embedded has the hardware fence in the job.
type embedded struct{ oldest *Fence }

func (e *embedded) run(j *job) *Fence     { return &j.done }
func (e *embedded) prepare(j *job) *Fence { return e.oldest }
func (e *embedded) timedOut(j *job)       { j.done.Signal(nil) }
func (e *embedded) free(j *job)           { kern.Alloc(1, kern.Kernel) }

// panfrost resubmits in the reset, through run, with the queue's lock held.
type panfrost struct {
	embedded
	queue kern.Mutex
	jobs  []*job
}

func (p *panfrost) timedOut(j *job) {
	p.queue.Lock()
	defer p.queue.Unlock()
	p.resubmit()
}

func (p *panfrost) resubmit() {
	for _, j := range p.jobs {
		p.start(j)
	}
}

func (p *panfrost) start(j *job) {
	j.fence = newFence(kern.NoIO) // want alloc-in-signalling[contract]
}

// dropped gives the jobs up instead.
type dropped struct {
	embedded
	queue kern.Mutex
	jobs  []*job
}

func (d *dropped) timedOut(j *job) {
	d.queue.Lock()
	defer d.queue.Unlock()
	for _, j := range d.jobs {
		j.done.Signal(nil)
	}
}

// capture takes a snapshot of the error before the reset.
type capture struct{ embedded }

func (c *capture) timedOut(j *job) {
	c.snapshot(64)
	j.done.Signal(nil)
}

func (c *capture) snapshot(n int) {
	for range n {
		kern.Free(kern.Vmalloc(4096)) // want alloc-in-signalling[contract]
	}
}

// captureNoWait does so without reclaim, and goes without when there is nothing.
type captureNoWait struct{ embedded }

func (c *captureNoWait) timedOut(j *job) {
	if p := kern.Alloc(4096, kern.NoWait); p != nil {
		kern.Free(p)
	}
	j.done.Signal(nil)
}

// handler takes firmware messages, and nodes for them from the allocator.
type handler struct {
	//fencelint:workqueue ordered rescuer
	work    kern.WorkQueue
	pending []*job
	free    []*job
}

// Interrupt hands over to work.
func (h *handler) Interrupt() { kern.OnInterrupt(func() { h.work.Push(h.receive) }) }

func (h *handler) receive() {
	h.free, _ = kern.Grow(h.free, 1, kern.Kernel) // want alloc-in-signalling[contract]
	for _, j := range h.pending {
		j.done.Signal(nil)
	}
}

// pooled has its nodes from the start.
type pooled struct {
	//fencelint:workqueue ordered rescuer
	work    kern.WorkQueue
	pending []*job
	free    []*job
}

// Init fills the pool.
func (p *pooled) Init() { p.free, _ = kern.Grow(p.free, 16, kern.Kernel) }

// Interrupt hands over to work.
func (p *pooled) Interrupt() { kern.OnInterrupt(func() { p.work.Push(p.receive) }) }

func (p *pooled) receive() {
	for _, j := range p.pending {
		p.free = append(p.free, j)
		j.done.Signal(nil)
	}
}

// heap grows a tiler heap from a GPU fault: the job waits for the page.
type heap struct {
	//fencelint:workqueue ordered rescuer
	faults kern.WorkQueue
	job    *job
}

// Fault is raised by the GPU.
func (h *heap) Fault() { h.faults.Push(h.grow) }

func (h *heap) grow() {
	p := kern.Alloc(4096, kern.Kernel) // want alloc-in-signalling[contract]
	h.job.pages = append(h.job.pages, p)
	h.job.done.Signal(nil)
}

// bind allocates page tables in an asynchronous worker.
func bind(f *Fence, n int) {
	go func() {
		for i := range n {
			tables(i)
		}
		f.Signal(nil)
	}()
}

func tables(level int) {
	if level > 0 {
		tables(level - 1)
	}
	kern.Alloc(4096, kern.Kernel) // want alloc-in-signalling[contract]
}

// bindReserved has them before.
func bindReserved(f *Fence, n int) {
	pages := make([]*kern.Page, n)
	for i := range pages {
		pages[i] = kern.Alloc(4096, kern.Kernel)
	}
	go func() {
		for _, p := range pages {
			kern.Free(p)
		}
		f.Signal(nil)
	}()
}

// completed moves finished commands into a vector and runs them after the lock.
type completed struct {
	mu      kern.Mutex
	pending []*job
}

// Event completes.
func (c *completed) Event() { kern.Spawn(c.signal) }

func (c *completed) signal() {
	c.mu.Lock()
	finished, ok := kern.Grow([]*job(nil), len(c.pending), kern.Kernel) // want alloc-in-signalling[contract]
	if ok {
		finished = append(finished, c.pending...)
	}
	c.mu.Unlock()
	for _, j := range finished {
		j.done.Signal(nil)
	}
}

// inPlace takes one after the other out of the list.
type inPlace struct {
	mu   kern.Mutex
	head *job
}

// Event completes.
func (i *inPlace) Event() { kern.Spawn(i.signal) }

func (i *inPlace) signal() {
	for {
		i.mu.Lock()
		j := i.head
		if j != nil {
			i.head = j.next
		}
		i.mu.Unlock()
		if j == nil {
			return
		}
		j.done.Signal(nil)
	}
}

// submit grows the reservation between arm and push.
func submit(j *job, resv *kern.Resv) {
	resv.Lock()
	kern.Publish(&j.done.Fence)
	j.pages, _ = kern.Grow(j.pages, 1, kern.Kernel) // want alloc-in-signalling[contract]
	resv.Install(&j.done.Fence)
	kern.Take(&j.done.Fence)
	resv.Unlock()
}

// submitReserved reserves first.
func submitReserved(j *job, resv *kern.Resv) {
	resv.Lock()
	j.pages, _ = kern.Grow(j.pages, 1, kern.Kernel)
	kern.Publish(&j.done.Fence)
	resv.Install(&j.done.Fence)
	kern.Take(&j.done.Fence)
	resv.Unlock()
}

// Use keeps all of it in use.
func Use(j *job, resv *kern.Resv) []backend {
	bind(&j.done, 3)
	bindReserved(&j.done, 3)
	submit(j, resv)
	submitReserved(j, resv)
	return []backend{&amdgpu{}, &embedded{}, &panfrost{}, &dropped{}, &capture{}, &captureNoWait{}}
}
