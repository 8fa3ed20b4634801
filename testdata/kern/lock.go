package kern

// Mutex is a lock that sleeps.
//
//fencelint:lock
type Mutex struct{ held bool }

// Lock takes m.
//
//fencelint:acquires m
//fencelint:trusted -- one thread
func (m *Mutex) Lock() { m.held = true }

// TryLock takes m if that needs no waiting.
//
//fencelint:acquires m try
//fencelint:trusted -- one thread
func (m *Mutex) TryLock() bool {
	m.held = true
	return true
}

// Unlock releases m.
//
//fencelint:releases m
//fencelint:trusted -- one thread
func (m *Mutex) Unlock() { m.held = false }

// RWMutex is a lock with readers.
//
//fencelint:lock
type RWMutex struct{ held bool }

// Lock takes m for writing.
//
//fencelint:acquires m
//fencelint:trusted -- one thread
func (m *RWMutex) Lock() { m.held = true }

// Unlock releases what Lock took.
//
//fencelint:releases m
//fencelint:trusted -- one thread
func (m *RWMutex) Unlock() { m.held = false }

// RLock takes m for reading.
//
//fencelint:acquires m shared
//fencelint:trusted -- one thread
func (m *RWMutex) RLock() { m.held = true }

// RUnlock releases what RLock took.
//
//fencelint:releases m
//fencelint:trusted -- one thread
func (m *RWMutex) RUnlock() { m.held = false }

// Spin is a lock that is held without sleeping.
//
//fencelint:lock spin
type Spin struct{ held bool }

// Lock takes s.
//
//fencelint:acquires s
//fencelint:trusted -- one thread
func (s *Spin) Lock() { s.held = true }

// Unlock releases s.
//
//fencelint:releases s
//fencelint:trusted -- one thread
func (s *Spin) Unlock() { s.held = false }

// Resv is a reservation lock: anybody may wait for fences and for memory under it.
//
//fencelint:lock over=fence,reclaim
type Resv struct{ held bool }

// Lock takes r.
//
//fencelint:acquires r
//fencelint:trusted -- one thread
func (r *Resv) Lock() { r.held = true }

// TryLock takes r if that needs no waiting.
//
//fencelint:acquires r try
//fencelint:trusted -- one thread
func (r *Resv) TryLock() bool {
	r.held = true
	return true
}

// LockInterruptible takes r unless it returns an error.
//
//fencelint:acquires r try
//fencelint:trusted -- one thread
func (r *Resv) LockInterruptible() error {
	r.held = true
	return nil
}

// Unlock releases r.
//
//fencelint:releases r
//fencelint:trusted -- one thread
func (r *Resv) Unlock() { r.held = false }
