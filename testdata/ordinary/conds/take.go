package conds

import (
	"slices"
	"sync"
)

// letters has a list in a struct of its own.
type letters struct {
	mu    sync.Mutex
	some  *sync.Cond
	mail  mail
	known map[int]string
}

type mail struct {
	list   []int
	sender map[int]string
}

// NewLetters makes one.
func NewLetters() *letters {
	b := &letters{}
	b.some = sync.NewCond(&b.mu)
	return b
}

// Read waits in the body of an if, and goes round.
func (b *letters) Read() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		if len(b.mail.list) == 0 {
			b.some.Wait()
			continue
		}
		first := b.mail.list[0]
		b.mail.list = b.mail.list[1:]
		return first
	}
}

// ReadAgain waits before a goto.
func (b *letters) ReadAgain() int {
	b.mu.Lock()
	defer b.mu.Unlock()
again:
	if len(b.mail.list) == 0 {
		b.some.Wait()
		goto again
	}
	last := b.mail.list[len(b.mail.list)-1]
	b.mail.list = b.mail.list[:len(b.mail.list)-1]
	return last
}

// ReadElse waits where there is nothing.
func (b *letters) ReadElse() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		if len(b.mail.list) > 0 {
			first := b.mail.list[0]
			b.mail.list = append([]int(nil), b.mail.list[1:]...)
			return first
		} else {
			b.some.Wait()
		}
	}
}

// ReadSome takes no more than there are.
func (b *letters) ReadSome(most int) []int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.mail.list) == 0 {
		b.some.Wait()
	}
	read := slices.Clone(b.mail.list)
	b.mail.list = b.mail.list[:min(most, len(b.mail.list))]
	return read
}

// Drop takes one in a literal.
func (b *letters) Drop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	drop := func() { b.mail.list = b.mail.list[1:] }
	drop()
}

// Empty waits until a map has nothing.
func (b *letters) Empty() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.mail.sender) > 0 {
		b.some.Wait()
	}
}

// Put wakes who reads.
func (b *letters) Put(n int) {
	b.mu.Lock()
	b.mail.list = append(b.mail.list, n)
	b.some.Broadcast()
	b.mu.Unlock()
}

// Slip wakes nobody.
func (b *letters) Slip(n int) {
	b.mu.Lock()
	b.mail.list = append(b.mail.list, n) // want(whole) wake-missing[breach/warning]
	b.mu.Unlock()
}

// Restore has the list as long as it may be.
func (b *letters) Restore() {
	b.mu.Lock()
	b.mail.list = b.mail.list[:cap(b.mail.list)] // want(whole) wake-missing[breach/warning]
	b.mu.Unlock()
}

// Sent makes nobody ready: there is one sender more.
func (b *letters) Sent(n int, who string) {
	b.mu.Lock()
	b.mail.sender[n] = who
	b.mu.Unlock()
}

// Gone has one sender less.
func (b *letters) Gone(n int) {
	b.mu.Lock()
	delete(b.mail.sender, n) // want(whole) wake-missing[breach/warning]
	b.mu.Unlock()
}

// Someone waits until a map has something.
func (b *letters) Someone() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.known[0] == "" {
		b.some.Wait()
	}
}

// Meet puts it there, and wakes nobody.
func (b *letters) Meet(who string) {
	b.mu.Lock()
	b.known[0] = who // want(whole) wake-missing[breach/warning]
	b.mu.Unlock()
}

// SetAside takes everything away, and brings it back: there is more again.
func (b *letters) SetAside(read func()) {
	b.mu.Lock()
	all := b.mail.list
	b.mail.list = nil
	b.mu.Unlock()
	read()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mail.list = slices.Clone(all) // want(whole) wake-missing[breach/warning]
}

// DropOne takes away the first or the last of what it has seen.
func (b *letters) DropOne(first bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := b.mail.list
	if len(all) == 0 {
		return
	}
	if first {
		b.mail.list = all[1:]
	} else {
		b.mail.list = all[:len(all)-1]
	}
}
