// Package conditional takes and releases locks where a condition says so, and asks
// again later.
package conditional

import (
	"errors"
	"sync"
)

var errEmpty = errors.New("empty")

type table struct {
	mu, log  sync.Mutex
	rw       sync.RWMutex
	shared   bool
	entries  map[string]int
	watchers []chan int
}

// Size counts under the lock, which the caller may have.
func (t *table) size(lock bool) int {
	if lock {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	return len(t.entries)
}

// Size has not.
func (t *table) Size() int { return t.size(true) }

// Clear has.
func (t *table) Clear() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.size(false)
	clear(t.entries)
	return n
}

// total takes its own lock or not; so does what it calls.
func (t *table) total(lock bool) int {
	if !lock {
		return t.size(lock)
	}
	n := t.size(lock)
	return n
}

// Total has the lock.
func (t *table) Total() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.total(false)
}

type other struct {
	mu      sync.Mutex
	entries map[string]int
}

func (o *other) size(lock bool) int {
	if lock {
		o.mu.Lock() // want double-lock[cycle/error]
		defer o.mu.Unlock()
	}
	return len(o.entries)
}

func (o *other) total(lock bool) int { return o.size(lock) }

// Total has the lock and says that it has not.
func (o *other) Total() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.total(true)
}

// Drop works with literals that have captured what they ask.
func (t *table) drop(key string, lock bool) int {
	take := func() {
		if lock {
			t.mu.Lock()
		}
	}
	give := func() {
		if lock {
			t.mu.Unlock()
		}
	}
	take()
	delete(t.entries, key)
	n := len(t.entries)
	give()
	return n
}

// Drop has not the lock.
func (t *table) Drop(key string) int { return t.drop(key, true) }

// DropAll has it.
func (t *table) DropAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key := range t.entries {
		t.drop(key, false)
	}
}

// Put locks if it must, and unlocks where it has.
func (t *table) Put(key string, mine bool) {
	if !mine {
		t.mu.Lock()
	}
	t.entries[key]++
	if !mine {
		t.mu.Unlock()
	}
	t.mu.Lock()
	t.mu.Unlock()
}

// Copy asks a field.
func (t *table) Copy() map[string]int {
	if t.shared {
		t.mu.Lock()
	}
	out := t.entries
	if !t.shared {
		return out
	}
	t.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	return out
}

// Find asks a result, in a loop.
func (t *table) Find(keys []string) (n int) {
	for _, key := range keys {
		found, ok := t.entries[key]
		if ok {
			t.mu.Lock()
		}
		n += found
		if ok {
			t.mu.Unlock()
		}
		t.mu.Lock()
		t.mu.Unlock()
	}
	return n
}

// Upgrade remembers in a variable what it has taken.
func (t *table) Upgrade(key string) {
	locked := false
	if t.entries[key] == 0 {
		t.mu.Lock()
		locked = true
	}
	t.log.Lock()
	t.log.Unlock()
	if locked {
		t.mu.Unlock()
	}
	t.mu.Lock()
	t.mu.Unlock()
}

// Leak forgets to, where it has.
func (t *table) Leak(key string, lock bool) bool {
	if lock {
		t.rw.Lock()
	}
	t.entries[key]++
	if t.entries[key] > 3 {
		if lock {
			return false // want missing-unlock[breach/error]
		}
		return false
	}
	if lock {
		t.rw.Unlock()
	}
	return true
}

// Reload gives its caller's lock up for a while, on one way only.
func (t *table) reload(fresh bool) {
	if fresh {
		t.mu.Unlock()
		defer t.mu.Lock()
		t.load()
	}
	t.entries["reloads"]++
}

func (t *table) load() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries = map[string]int{}
}

// Reload has the lock.
func (t *table) Reload(fresh bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reload(fresh)
}

// Notify defers on one way only, and then calls what takes the lock.
func (t *table) Notify(all bool) {
	defer t.load()
	if all {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	t.log.Lock()
	t.log.Unlock()
}

type deferring struct {
	mu sync.Mutex
	n  int
}

// Notify defers the call behind the release.
func (d *deferring) Notify(all bool) {
	if all {
		d.mu.Lock()
		defer d.mu.Unlock()
		defer d.count()
	}
	d.n++
}

func (d *deferring) count() {
	d.mu.Lock() // want double-lock[cycle/error]
	d.n++
	d.mu.Unlock()
}

// Insert releases in the body of a loop that it then leaves.
func (t *table) Insert(parts func(func(string) bool)) bool {
	t.mu.Lock()
	for part := range parts {
		if part == "" {
			t.mu.Unlock()
			return false
		}
		if part == "stop" {
			break
		}
		t.entries[part]++
	}
	t.mu.Unlock()
	t.load()
	return true
}

// Seek leaves with a lock that the body took.
func (t *table) Seek(parts func(func(string) bool)) int {
	for part := range parts {
		t.mu.Lock()
		if n := t.entries[part]; n > 0 {
			t.mu.Unlock()
			return n
		}
		t.mu.Unlock()
	}
	t.load()
	return 0
}

// Prune gives the lock back in the inner of two loops, as it leaves both.
func (t *table) Prune(parts, kinds func(func(string) bool)) bool {
	t.mu.Lock()
	for part := range parts {
		for kind := range kinds {
			switch kind {
			case "":
				t.mu.Unlock()
				return false
			case "stop":
				t.mu.Unlock()
				t.load()
				return true
			}
			delete(t.entries, part+kind)
		}
		if part == "" {
			t.mu.Unlock()
			return false
		}
	}
	t.mu.Unlock()
	return true
}

// PruneSome forgets it at one of the ways out of the inner.
func (t *table) PruneSome(parts, kinds func(func(string) bool)) bool {
	t.mu.Lock()
	for part := range parts {
		for kind := range kinds {
			switch kind {
			case "":
				t.mu.Unlock()
				return false
			case "stop":
				return true // want missing-unlock[breach/error]
			}
			delete(t.entries, part+kind)
		}
	}
	t.mu.Unlock()
	return true
}

// Remove forgets the lock behind the loop.
func (t *table) Remove(parts func(func(string) bool)) bool {
	t.rw.Lock()
	for part := range parts {
		if part == "" {
			t.rw.Unlock()
			return false
		}
		delete(t.entries, part)
	}
	if len(t.entries) == 0 {
		return false // want missing-unlock[breach/error]
	}
	t.rw.Unlock()
	return true
}

// Fail releases through a literal that calls another one.
func (t *table) Fail(fail bool) bool {
	t.mu.Lock()
	undo := func() {
		clear(t.entries)
		t.mu.Unlock()
	}
	refuse := func() bool {
		t.log.Lock()
		t.log.Unlock()
		undo()
		return false
	}
	if fail {
		return refuse()
	}
	t.mu.Unlock()
	return true
}

// Open hands its lock to a goroutine, which gives it back.
func (t *table) Open(key string) error {
	if key == "" {
		return errEmpty
	}
	t.log.Lock()
	go t.follow()
	if t.entries[key] == 0 {
		return errEmpty
	}
	return nil
}

func (t *table) follow() {
	defer t.log.Unlock()
	t.load()
}

// Reopen starts one that knows nothing of it.
func (t *table) Reopen(key string) error {
	if key == "" {
		return errEmpty
	}
	t.log.Lock()
	go t.load()
	if t.entries[key] == 0 {
		return errEmpty // want missing-unlock[breach/error]
	}
	t.log.Unlock()
	return nil
}

// Load remembers in a variable whether the deferred literal has still to give the lock back.
func (t *table) Load(key string) error {
	t.log.Lock()
	unlocked := false
	defer func() {
		if !unlocked {
			t.log.Unlock()
		}
	}()
	if t.entries[key] == 0 {
		return errEmpty
	}
	t.log.Unlock()
	unlocked = true
	return nil
}

// LoadOther has a literal that gives another one back.
func (t *table) LoadOther(key string) error {
	t.log.Lock()
	t.rw.Lock()
	defer func() {
		t.rw.Unlock()
	}()
	if t.entries[key] == 0 {
		return errEmpty // want missing-unlock[breach/error]
	}
	t.log.Unlock()
	return nil
}

// ledger tells its owner what was settled, in place where it has its own lock to give back
// first.
type ledger struct {
	mu    sync.Mutex
	owner *office
	node  any
	sums  map[int]int
}

type office struct {
	mu      sync.Mutex
	ledgers []*ledger
}

func (l *ledger) settle(n int, lock bool) bool {
	take := func() {
		if lock {
			l.mu.Lock()
		}
	}
	give := func() {
		if lock {
			l.mu.Unlock()
		}
	}
	take()
	inPlace := l.node == nil && len(l.sums) > 0 && lock
	drop := func(n int) {
		if inPlace {
			delete(l.sums, n)
		}
	}
	drop(n)
	give()
	if inPlace {
		l.owner.settled()
	}
	return inPlace
}

// Settle has no lock.
func (l *ledger) Settle() bool { return l.settle(1, true) }

// SettleAll has.
func (l *ledger) SettleAll() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for n := range l.sums {
		l.settle(n, false)
	}
}

func (o *office) settled() {
	o.mu.Lock()
	defer o.mu.Unlock()
}

// Count counts with the office's lock held.
func (o *office) Count() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.ledgers {
		l.mu.Lock()
		n += len(l.sums)
		l.mu.Unlock()
	}
	return n
}

// branch is a ledger that tells its owner in place where it has a lock, or is small.
type branch struct {
	mu    sync.Mutex
	owner *centre
	node  any
	sums  map[int]int
}

type centre struct {
	mu       sync.Mutex
	branches []*branch
}

func (b *branch) settle(n int, lock bool) bool {
	if lock {
		b.mu.Lock()
	}
	inPlace := b.node == nil && len(b.sums) > 0 || lock
	delete(b.sums, n)
	if lock {
		b.mu.Unlock()
	}
	if inPlace {
		b.owner.settled()
	}
	return inPlace
}

// Settle has no lock.
func (b *branch) Settle() bool { return b.settle(1, true) }

// SettleAll has.
func (b *branch) SettleAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for n := range b.sums {
		b.settle(n, false)
	}
}

func (c *centre) settled() {
	c.mu.Lock()
	defer c.mu.Unlock()
}

// Count counts with the centre's lock held.
func (c *centre) Count() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.branches {
		b.mu.Lock() // want lock-order[cycle/error]
		n += len(b.sums)
		b.mu.Unlock()
	}
	return n
}

// Books uses all of it.
func Books() (any, any) { return &office{ledgers: []*ledger{{}}}, &centre{branches: []*branch{{}}} }
