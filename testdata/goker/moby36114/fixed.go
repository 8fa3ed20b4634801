// Package moby36114 is the repaired form: what is called with the lock held is the variant that does not take it.
package moby36114

import "sync"

type serviceVM struct {
	sync.Mutex
	disks map[string]int
}

func (s *serviceVM) hotAdd(disks ...string) {
	s.Lock()
	defer s.Unlock()
	for _, d := range disks {
		s.disks[d]++
	}
	s.hotRemoveLocked(disks...)
}

func (s *serviceVM) hotRemove(disks ...string) {
	s.Lock()
	defer s.Unlock()
	s.hotRemoveLocked(disks...)
}

func (s *serviceVM) hotRemoveLocked(disks ...string) {
	for _, d := range disks {
		if s.disks[d]--; s.disks[d] <= 0 {
			delete(s.disks, d)
		}
	}
}

// Run adds a disk that cannot be added, and removes one.
func Run() {
	s := &serviceVM{disks: map[string]int{}}
	s.hotAdd("a")
	s.hotRemove("a")
}
