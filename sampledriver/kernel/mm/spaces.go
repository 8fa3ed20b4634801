package mm

import (
	"slices"

	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// spaces is the address spaces of a machine, as a source of memory for reclaim.
type spaces struct{ all []*AddressSpace }

//fencelint:trusted -- finds the machine's address spaces
func mapped(m *sim.Machine) *spaces {
	return sim.Part(m, func(m *sim.Machine) *spaces {
		s := &spaces{}
		reclaim.Of(m).AddUnmapper(s)
		return s
	})
}

func (s *spaces) add(as *AddressSpace) { s.all = append(s.all, as) }

func (s *spaces) remove(as *AddressSpace) {
	s.all = slices.DeleteFunc(slices.Clone(s.all), func(o *AddressSpace) bool { return o == as })
}

// Unmap takes pages from the address spaces in turn. It takes no mmap lock: reclaim
// finds pages from below, and whoever holds the lock may be waiting for it.
func (s *spaces) Unmap(t *sim.Task, want int) int {
	freed := 0
	for _, as := range s.all {
		for range as.pages {
			if freed >= want {
				return freed
			}
			i := as.hand % len(as.pages)
			as.hand++
			if as.pages[i] != nil {
				freed += as.zap(t, Range{i, i + 1})
			}
		}
	}
	return freed
}
