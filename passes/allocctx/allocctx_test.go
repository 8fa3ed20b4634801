package allocctx

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/passes/internal/wording"
)

func TestMessages(t *testing.T) {
	fence := summary.Class{Kind: summary.Fence, Name: "x/agx.JobFence"}
	lru := summary.Class{Kind: summary.Lock, Name: "x/agx.lru.lock"}
	wording.Hold(t, words(), Rules(), map[string]judge.Occurrence{
		"kmem.Grow(s, Kernel) may enter reclaim while dispatch owes JobFence: JobFence -> reclaim -> JobFence": {
			Finding: finding.Finding{Rule: "alloc-in-signalling", Root: "dispatch"},
			Context: model.Signalling, What: "kmem.Grow(s, Kernel)", Owed: []summary.Class{fence},
			Cycle: []summary.Class{fence, graph.Reclaim()},
		},
		"kmem.Grow(s, NoWait) may fail while dispatch owes JobFence, and its failure is not shown to reach the signal": {
			Finding: finding.Finding{Rule: "alloc-in-signalling", Root: "dispatch", Level: finding.Note},
			Context: model.Signalling, What: "kmem.Grow(s, NoWait)", Owed: []summary.Class{fence},
		},
		"kmem.Alloc(n) may enter reclaim in Scan, which runs reclaim: reclaim -> reclaim": {
			Finding: finding.Finding{Rule: "alloc-in-reclaim", Root: "Scan"},
			Context: model.Reclaim, What: "kmem.Alloc(n)", Cycle: []summary.Class{graph.Reclaim()},
		},
		"kmem.Alloc(n) may sleep for memory under the spin lock that handle holds": {
			Finding: finding.Finding{Rule: "alloc-in-atomic", Root: "handle"},
			Context: model.Atomic, Opened: judge.BySpinLock, What: "kmem.Alloc(n)",
		},
		"l.lock.Lock() takes lru.lock in Scan, which runs reclaim: reclaim -> lru.lock -> reclaim": {
			Finding: finding.Finding{Rule: "lock-in-reclaim", Root: "Scan"},
			Context: model.Reclaim, What: "l.lock.Lock()", On: lru, Cycle: []summary.Class{graph.Reclaim(), lru},
		},
		"kmem.Alloc(n, Kernel) allows reclaim whatever flags Table was given": {
			Finding: finding.Finding{Rule: "gfp-dropped", Func: "Table"}, What: "kmem.Alloc(n, Kernel)",
		},
		"&event{...} is on the Go heap in handle, which runs noheap": {
			Finding: finding.Finding{Rule: "heap-in-noheap", Root: "handle"},
			Context: model.NoHeap, What: "&event{...}",
		},
		"append(s, e) may allocate on the Go heap in handle, which runs noheap": {
			Finding: finding.Finding{Rule: "heap-in-noheap", Root: "handle"},
			Context: model.NoHeap, What: "append(s, e)", Callee: "an append",
		},
		"fmt.Print(e) may allocate on the Go heap in handle, which runs noheap: nobody looks into the standard library": {
			Finding: finding.Finding{Rule: "heap-in-noheap", Root: "handle"},
			Context: model.NoHeap, What: "fmt.Print(e)", Callee: "the standard library",
		},
	})
}
