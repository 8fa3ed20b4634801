package loops

import "sync"

// session is one of many; who renews the keys has a list of them.
type session struct {
	run struct {
		sync.Mutex
		on bool
	}
	key struct {
		sync.RWMutex
		value string
	}
}

func (s *session) start() {
	s.run.Lock()
	defer s.run.Unlock()
	s.key.Lock()
	s.key.value = ""
	s.key.Unlock()
	s.run.on = true
}

func (s *session) stop() {
	s.run.Lock()
	defer s.run.Unlock()
	s.run.on = false
}

// Sessions starts all and renews them.
type Sessions struct{ all map[string]*session }

// Start starts all.
func (s *Sessions) Start() {
	for _, one := range s.all {
		one.start()
	}
}

// Renew locks the keys of all, and gives up that of each that it stops meanwhile.
func (s *Sessions) Renew(key string) {
	var locked []*session
	for _, one := range s.all {
		one.key.RLock()
		locked = append(locked, one)
	}
	for name, one := range s.all {
		if one.key.value == key {
			one.key.RUnlock()
			one.stop()
			delete(s.all, name)
			one.key.RLock()
		}
	}
	for _, one := range locked {
		one.key.RUnlock()
	}
}

// circuit is a session of another kind.
type circuit struct {
	run struct {
		sync.Mutex
		on bool
	}
	key struct {
		sync.RWMutex
		value string
	}
}

func (c *circuit) start() {
	c.run.Lock()
	defer c.run.Unlock()
	c.key.Lock() // want lock-order[cycle/error]
	c.key.value = ""
	c.key.Unlock()
	c.run.on = true
}

func (c *circuit) stop() {
	c.run.Lock()
	defer c.run.Unlock()
	c.run.on = false
}

// Circuits starts all and renews them.
type Circuits struct{ all map[string]*circuit }

// Start starts all.
func (c *Circuits) Start() {
	for _, one := range c.all {
		one.start()
	}
}

// Renew locks the keys of all, and keeps that of each that it stops.
func (c *Circuits) Renew(key string) {
	var locked []*circuit
	for _, one := range c.all {
		one.key.RLock()
		locked = append(locked, one)
	}
	for name, one := range c.all {
		if one.key.value == key {
			one.stop()
			delete(c.all, name)
		}
	}
	for _, one := range locked {
		one.key.RUnlock()
	}
}

// trunk is a session of a third kind.
type trunk struct {
	run sync.Mutex
	key sync.RWMutex
	on  bool
}

func (t *trunk) start() {
	t.run.Lock()
	defer t.run.Unlock()
	t.key.Lock() // want lock-order[cycle/error]
	t.key.Unlock()
	t.on = true
}

func (t *trunk) stop() {
	t.run.Lock()
	defer t.run.Unlock()
	t.on = false
}

// Trunks is a list of trunks.
type Trunks struct{ all []*trunk }

// Start starts all.
func (t *Trunks) Start() {
	for _, one := range t.all {
		one.start()
	}
}

// Merge locks the keys of two, and stops one of them with that of the other locked.
func (t *Trunks) Merge(i, j, away int) {
	t.all[i].key.RLock()
	t.all[j].key.RLock()
	gone := t.all[away]
	gone.key.RUnlock()
	gone.stop()
	t.all[i+j-away].key.RUnlock()
}
