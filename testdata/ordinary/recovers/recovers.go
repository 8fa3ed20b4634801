// Package recovers goes on after panics, with a lock held or without.
package recovers

import (
	"errors"
	"os"
	"sync"
)

var errBroken = errors.New("broken")

// Table is changed with its lock held.
type Table struct {
	mu   sync.Mutex
	rows map[string]int
}

func (t *Table) drop(name string) {
	t.mu.Lock()
	if t.rows[name] == 0 {
		panic("no such row: " + name) // want missing-unlock[breach/warning]
	}
	delete(t.rows, name)
	t.mu.Unlock()
}

// Drop says that it did not go.
func (t *Table) Drop(name string) (err error) {
	defer func() {
		if recover() != nil {
			err = errBroken
		}
	}()
	t.check(name)
	return nil
}

func (t *Table) check(name string) {
	if name != "" {
		t.drop(name)
	}
}

// Clear recovers from its own.
func (t *Table) Clear(sure bool) {
	defer func() { _ = recover() }()
	t.mu.Lock()
	if !sure {
		panic(errBroken) // want missing-unlock[breach/warning]
	}
	clear(t.rows)
	t.mu.Unlock()
}

// Set has deferred the unlock.
func (t *Table) Set(name string, n int) (err error) {
	defer func() {
		if recover() != nil {
			err = errBroken
		}
	}()
	t.set(name, n)
	return nil
}

func (t *Table) set(name string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n == 0 {
		panic("nothing")
	}
	t.rows[name] = n
}

// Rename unlocks where it recovers.
func (t *Table) Rename(from, to string) {
	defer func() {
		if recover() != nil {
			t.mu.Unlock()
		}
	}()
	t.mu.Lock()
	if t.rows[to] != 0 {
		panic(to)
	}
	t.rows[to] = t.rows[from]
	t.mu.Unlock()
}

// Grow is nobody's who recovers.
func (t *Table) Grow(n int) {
	t.mu.Lock()
	if n < 0 {
		panic("less than nothing")
	}
	t.rows[""] += n
	t.mu.Unlock()
}

// Shrink is called by who panics again, or ends the process.
func (t *Table) Shrink(n int) {
	defer func() {
		if r := recover(); r != nil {
			panic(r)
		}
	}()
	t.shrink(n)
}

// End is called by who ends the process.
func (t *Table) End(n int) {
	defer func() {
		if recover() != nil {
			os.Exit(1)
		}
	}()
	t.shrink(n)
}

func (t *Table) shrink(n int) {
	t.mu.Lock()
	if n < 0 {
		panic("less than nothing")
	}
	t.rows[""] -= n
	t.mu.Unlock()
}

// Copy locks what it has made, and what nobody finds when it has failed.
func Copy(t *Table, sure bool) (c *Table, err error) {
	defer func() {
		if recover() != nil {
			err = errBroken
		}
	}()
	c = &Table{rows: map[string]int{}}
	c.mu.Lock()
	if !sure {
		panic(errBroken)
	}
	c.rows[""] = 1
	c.mu.Unlock()
	return c, nil
}

// Merge has a method unlock where it recovers.
func (t *Table) Merge(from, to string) {
	defer t.rescue()
	t.mu.Lock()
	if t.rows[to] != 0 {
		panic(to)
	}
	t.rows[to] += t.rows[from]
	t.mu.Unlock()
}

func (t *Table) rescue() {
	if r := recover(); r != nil {
		t.unlock()
	}
}

func (t *Table) unlock() { t.mu.Unlock() }

// Split unlocks what the function that panics has left locked.
func (t *Table) Split(name string) {
	defer func() {
		if recover() != nil {
			t.mu.Unlock()
		}
	}()
	t.split(name)
}

func (t *Table) split(name string) {
	t.mu.Lock()
	if t.rows[name] < 2 {
		panic("too few")
	}
	t.rows[name] /= 2
	t.mu.Unlock()
}

// Serve does so and never returns.
func (t *Table) Serve(names <-chan string) {
	defer release(&t.mu)
	for {
		t.halve(<-names)
	}
}

func release(mu *sync.Mutex) {
	if recover() != nil {
		mu.Unlock()
	}
}

func (t *Table) halve(name string) {
	t.mu.Lock()
	if t.rows[name] < 2 {
		panic("too few")
	}
	t.rows[name] /= 2
	t.mu.Unlock()
}

// Count panics again through what it calls.
func (t *Table) Count(name string) {
	defer func() {
		if r := recover(); r != nil {
			again(r)
		}
	}()
	t.mu.Lock()
	if t.rows[name] < 0 {
		panic(name)
	}
	t.rows[name]++
	t.mu.Unlock()
}

func again(r any) { fail("again", r) }

func fail(what string, r any) {
	if err, ok := r.(error); ok {
		panic(errors.Join(errors.New(what), err))
	}
	panic(what)
}

// Reset takes the lock for itself where it recovers, which is held.
func (t *Table) Reset(sure bool) {
	defer func() {
		if r := recover(); r != nil {
			t.forget()
		}
	}()
	t.reset(sure)
}

func (t *Table) forget() {
	t.mu.Lock()
	t.rows = nil
	t.mu.Unlock()
}

func (t *Table) reset(sure bool) {
	t.mu.Lock()
	if !sure {
		panic(errBroken) // want missing-unlock[breach/warning]
	}
	clear(t.rows)
	t.mu.Unlock()
}

// Sum recovers by what may panic again and may not.
func (t *Table) Sum() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = asError(r)
		}
	}()
	t.mu.Lock()
	for name, m := range t.rows {
		if m < 0 {
			panic(name) // want missing-unlock[breach/warning]
		}
		n += m
	}
	t.mu.Unlock()
	return n, nil
}

func asError(r any) error {
	if err, ok := r.(error); ok {
		panic(err)
	}
	return errBroken
}
