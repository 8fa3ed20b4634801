package judge

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
)

// heap judges what is allocated on the Go heap where nothing may be: it may have to
// help the collector first, which takes a while and ends.
func (j *judgement) heap() {
	for _, sec := range j.graph.Sections().All {
		if sec.Context != model.NoHeap {
			continue
		}
		for _, r := range j.graph.Heap(sec) {
			c := &candidate{section: sec, reached: r}
			c.Rule, c.Level = "heap-in-noheap", finding.Warning
			j.add(c)
		}
	}
}
