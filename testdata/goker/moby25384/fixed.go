// Package moby25384 is the repaired form: the group is waited for once all of it has been started.
package moby25384

import "sync"

type plugin struct {
	enabled bool
}

type manager struct {
	plugins []*plugin
}

func (m *manager) restore() {
	var group sync.WaitGroup
	group.Add(len(m.plugins))
	for _, p := range m.plugins {
		go func(p *plugin) {
			defer group.Done()
			p.enabled = true
		}(p)
	}
	group.Wait()
}

// Run restores two plugins.
func Run() {
	m := &manager{plugins: []*plugin{{}, {}}}
	m.restore()
}
