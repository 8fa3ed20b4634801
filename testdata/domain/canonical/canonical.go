// Package canonical is the deadlock in three steps that fencelint was made for: to
// signal a fence, code allocates; the allocation waits for reclaim; reclaim waits for
// the fence. All three are here, so it is a cycle.
package canonical

import "github.com/fencelint/fencelint/testdata/kern"

// JobFence is waited for by reclaim.
type JobFence struct{ kern.Fence }

// CopyFence is not.
type CopyFence struct{ kern.Fence }

type gem struct {
	fence *JobFence
	pages []*kern.Page
}

// Scan waits for the job that uses the pages: reclaim may wait for any fence.
func (g *gem) Scan(n int) int {
	g.idle()
	g.pages = nil
	return n
}

func (g *gem) idle() { g.fence.Wait() }

// Init registers it.
func Init(g *gem) { kern.Register(g) }

// Start owes a JobFence.
func Start(f *JobFence) { go complete(f) }

func complete(f *JobFence) {
	finished(3)
	f.Signal(nil)
}

func finished(n int) {
	kern.Grow([]int(nil), n, kern.Kernel) // want alloc-in-signalling[cycle]
}

// StartCopy owes a CopyFence, which no reclaim in sight waits for: wrong by contract.
func StartCopy(f *CopyFence) { go completeCopy(f) }

func completeCopy(f *CopyFence) {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	f.Signal(nil)
}

// StartGood completes in place.
func StartGood(f *JobFence, done []int) { go completeGood(f, done) }

func completeGood(f *JobFence, done []int) {
	done = done[:0]
	f.Signal(nil)
	kern.Alloc(len(done)+1, kern.Kernel)
}

// StartNoWait allocates without reclaim, and signals when that fails.
func StartNoWait(f *JobFence) { go completeNoWait(f) }

func completeNoWait(f *JobFence) {
	if p := kern.Alloc(1, kern.NoWait); p != nil {
		kern.Free(p)
	}
	f.Signal(nil)
}
