// Package moby17176 is the repaired form: the set is unlocked on the path on which there is nothing to clean up.
package moby17176

import (
	"errors"
	"sync"
)

type deviceSet struct {
	sync.Mutex
	deleted int
}

func (d *deviceSet) cleanupDeletedDevices() error {
	d.Lock()
	if d.deleted == 0 {
		d.Unlock()
		return nil
	}
	d.deleted = 0
	d.Unlock()
	return errors.New("devices were left")
}

// Run uses a set after it was cleaned up.
func Run() {
	d := &deviceSet{}
	_ = d.cleanupDeletedDevices()
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.Lock()
		defer d.Unlock()
		d.deleted++
	}()
	<-done
}
