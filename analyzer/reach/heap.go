package reach

import "github.com/fencelint/fencelint/analyzer/summary"

// Heap calls yield for every allocation on the Go heap that can be reached from start,
// nearest first. Of a function that the compiler has put into its caller, only what the
// caller is then said to allocate counts.
func (s *Space) Heap(start *Start, yield func(*Path, *summary.Op)) {
	w := walker{space: s, bodies: true}
	w.each([]*Start{start}, func(p *Path) bool {
		if p.inlined() {
			return true
		}
		return w.operations(p, func(p *Path, op *summary.Op) bool {
			if op.Kind == summary.OpHeap {
				yield(p, op)
			}
			return true
		})
	})
}

// inlined reports whether the last hop is one that the compiler has inlined.
func (p *Path) inlined() bool { return p.Call != nil && p.Call.Inlined }
