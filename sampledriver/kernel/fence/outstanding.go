package fence

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// outstanding is the fences of a machine that have been initialised and have not
// signalled.
type outstanding struct{ fences map[*Fence]struct{} }

//fencelint:trusted -- the books of the simulation
func watch(m *sim.Machine) *outstanding {
	return sim.Part(m, func(m *sim.Machine) *outstanding {
		o := &outstanding{fences: make(map[*Fence]struct{})}
		m.AtEnd(o.leaks)
		return o
	})
}

func (o *outstanding) add(f *Fence)    { o.fences[f] = struct{}{} }
func (o *outstanding) remove(f *Fence) { delete(o.fences, f) }

func (o *outstanding) leaks() []string {
	var lines []string
	for f := range o.fences {
		lines = append(lines, f.String()+" was never signalled")
	}
	slices.SortFunc(lines, strings.Compare)
	return lines
}
