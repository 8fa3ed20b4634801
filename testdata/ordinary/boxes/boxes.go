// Package boxes has what waits behind interfaces, of which the text of those who call it says
// nothing: what is in them was put there by who calls those.
package boxes

import "sync"

type doer interface{ do() }

// group waits for a group that nobody is done with.
type group struct{ wg sync.WaitGroup }

func (g *group) do() {
	g.wg.Add(1)
	g.wg.Wait() // want no-partner[breach/error]
}

// Waits has nothing but that in its text.
func Waits() {
	var d doer = &group{}
	d.do()
}

// done starts who is done.
type done struct{ wg sync.WaitGroup }

func (g *done) do() {
	g.wg.Add(1)
	go g.wg.Done()
	g.wg.Wait()
}

// Ends ends.
func Ends() {
	var d doer = &done{}
	d.do()
}

// pair may be one lock twice.
type pair struct{ a, b sync.Locker }

func (p *pair) both() {
	p.a.Lock()
	p.b.Lock() // want double-lock[cycle/error]
	p.b.Unlock()
	p.a.Unlock()
}

// One has one lock in both.
func One() {
	var m sync.Mutex
	p := &pair{&m, &m}
	p.both()
}

// Two has two.
func Two() {
	var m, n sync.Mutex
	p := &pair{&m, &n}
	p.both()
}

// locked calls something with a lock held.
func locked(l sync.Locker, do func()) {
	l.Lock() // want double-lock[cycle/error]
	do()
	l.Unlock()
}

// Within has what is called with a lock held take it again.
func Within() {
	var m sync.Mutex
	locked(&m, func() { locked(&m, func() {}) })
}

// Beside takes another.
func Beside() {
	var m, n sync.Mutex
	locked(&m, func() { locked(&n, func() {}) })
}

// handed has its locks from who makes it.
type handed struct{ a, b *sync.Mutex }

func (h *handed) do() {
	h.a.Lock()
	h.b.Lock() // want double-lock[cycle/error]
	h.b.Unlock()
	h.a.Unlock()
}

func newHanded() doer {
	var m sync.Mutex
	return &handed{&m, &m}
}

// Made has what takes the lock twice made elsewhere.
func Made() {
	d := newHanded()
	d.do()
}

// asked is found to be what it is.
type asked struct{ a, b *sync.Mutex }

func (h *asked) do() {
	h.a.Lock()
	h.b.Lock() // want double-lock[cycle/error]
	h.b.Unlock()
	h.a.Unlock()
}

// Asks asks what is in an any.
func Asks() {
	var m sync.Mutex
	var x any = &asked{&m, &m}
	if d, ok := x.(doer); ok {
		d.do()
	}
}

// Tries does not look at what became of it.
func Tries() {
	var m sync.Mutex
	_ = m.TryLock()
	m.Lock() // want double-lock[cycle/error]
	m.Unlock()
}

// Looks does.
func Looks() {
	var m sync.Mutex
	if m.TryLock() {
		m.Unlock()
	}
	m.Lock()
	m.Unlock()
}
