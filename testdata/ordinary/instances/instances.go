// Package instances has locks of generic types, and locks beside the field that leads to
// what another lock is in.
package instances

import "sync"

// list is called back with its lock held.
type list[T any] struct {
	mu  sync.RWMutex
	all []T
}

func (l *list[T]) Match(call func(T)) {
	l.match(call)
}

func (l *list[T]) match(call func(T)) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, one := range l.all {
		call(one)
	}
}

func (l *list[T]) Insert(one T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, one)
}

// Len reads as well.
func (l *list[T]) Len() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.all)
}

// reader has a list of names, and is in lists of readers.
type reader struct {
	mu    sync.Mutex
	names *list[string]
	last  string
}

func (r *reader) signal() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = ""
}

// stream tells its readers of what is new. The list is told and changed with a lock of its
// own that keeps these apart.
type stream struct {
	listMu  sync.RWMutex
	readers *list[*reader]
}

// Signal goes through the readers.
func (s *stream) Signal() {
	s.listMu.RLock()
	defer s.listMu.RUnlock()
	s.readers.Match(func(r *reader) { r.signal() })
}

// Swap puts a reader in the list with its lock held, while nobody goes through the list.
func (s *stream) Swap(r *reader) {
	s.listMu.Lock()
	defer s.listMu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = ""
	if s.readers == nil {
		s.readers = &list[*reader]{}
	}
	s.readers.Insert(r)
}

// Alone reads the list with a reader's lock held: no writer can come in between, for whom it
// would have to wait.
func (s *stream) Alone(r *reader) bool {
	s.listMu.RLock()
	defer s.listMu.RUnlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	return s.readers.Len() == 1
}

// Rename makes a list of names: of other things than the stream's.
func (r *reader) Rename(names ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = &list[string]{}
	for _, name := range names {
		r.names.Insert(name)
	}
}

// table is called back with its lock held.
type table[T any] struct {
	mu  sync.RWMutex
	all []T
}

func (t *table[T]) Match(call func(T)) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, one := range t.all {
		call(one)
	}
}

func (t *table[T]) Insert(one T) {
	t.mu.Lock() // want lock-order[cycle/error]
	defer t.mu.Unlock()
	t.all = append(t.all, one)
}

// watcher has a table of names, and is in tables of watchers.
type watcher struct {
	mu    sync.Mutex
	names *table[string]
	last  string
}

func (w *watcher) signal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = ""
}

// feed tells its watchers of what is new. Those who change the table hold its lock for
// reading, as those do who go through it.
type feed struct {
	tableMu  sync.RWMutex
	watchers *table[*watcher]
}

// Signal goes through the watchers.
func (f *feed) Signal() {
	f.tableMu.RLock()
	defer f.tableMu.RUnlock()
	f.watchers.Match(func(w *watcher) { w.signal() })
}

// Swap puts a watcher in the table with its lock held, while others go through the table.
func (f *feed) Swap(w *watcher) {
	f.tableMu.RLock()
	defer f.tableMu.RUnlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = ""
	f.watchers.Insert(w)
}

// Reset makes a new table.
func (f *feed) Reset() {
	f.tableMu.Lock()
	defer f.tableMu.Unlock()
	f.watchers = &table[*watcher]{}
}

// number is another name of int.
type number = int

// named calls the instance of its list by one name, and hands it over by another.
type named struct {
	mu sync.Mutex
	l  cell[number]
}

type cell[T any] struct {
	mu sync.Mutex
	v  T
}

func (n *named) there(l *cell[int]) {
	n.mu.Lock()
	l.mu.Lock() // want lock-order[cycle/error]
	l.mu.Unlock()
	n.mu.Unlock()
}

func (n *named) back() {
	n.l.mu.Lock()
	n.mu.Lock()
	n.mu.Unlock()
	n.l.mu.Unlock()
}

// Named does both.
func Named(n *named) { n.there(&n.l); n.back() }
