// Package moby4951 is the repaired form: a device is looked up with the set locked, and from then on its own lock is taken
// before the set's, which is given up and taken again while the device settles.
package moby4951

import "sync"

type deviceSet struct {
	sync.Mutex
	infos map[string]*devInfo
}

type devInfo struct {
	lock    sync.Mutex
	name    string
	settled int
}

func (d *deviceSet) lookup(hash string) *devInfo {
	d.Lock()
	defer d.Unlock()
	return d.infos[hash]
}

func (d *deviceSet) deleteDevice(hash string) {
	info := d.lookup(hash)
	if info == nil {
		return
	}
	info.lock.Lock()
	defer info.lock.Unlock()
	d.Lock()
	defer d.Unlock()
	d.removeAndWait(info)
	delete(d.infos, hash)
}

func (d *deviceSet) removeAndWait(info *devInfo) {
	d.Unlock()
	info.settled++
	d.Lock()
}

// Run deletes one device twice.
func Run() {
	d := &deviceSet{infos: map[string]*devInfo{"a": {name: "a"}, "b": {name: "b"}}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { d.deleteDevice("a") })
	}
	wg.Wait()
}
