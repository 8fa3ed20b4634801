package wrappers

import "sync"

// disk is locked while it is taken out, by what calls itself through an interface.
type disk struct{ sync.Mutex }

type remover interface {
	remove()
	forget()
}

func (d *disk) eject() {
	d.Lock()
	defer d.Unlock()
	var r remover = d
	r.remove()
}

func (d *disk) remove() {
	d.Lock() // want double-lock[cycle/error]
	defer d.Unlock()
	d.forget()
}

// drop calls what takes no lock.
func (d *disk) drop() {
	d.Lock()
	defer d.Unlock()
	var r remover = d
	r.forget()
}

func (d *disk) forget() {}

// Eject takes out a disk of its own.
func Eject() {
	d := &disk{}
	d.drop()
	d.eject()
}
