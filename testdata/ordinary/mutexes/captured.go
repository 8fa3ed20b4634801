package mutexes

import "sync"

type ledger struct{ books, balance sync.Mutex }

func runNow(f func()) { f() }

// pay locks what the second of two has: which that is depends on the call.
func pay(from, to *ledger) {
	runNow(func() {
		from.books.Lock()
		from.books.Unlock()
		to.balance.Lock() // want double-lock[cycle/error]
		to.balance.Unlock()
	})
}

func payBack(from, to *ledger) {
	runNow(func() {
		from.books.Lock()
		from.books.Unlock()
		to.balance.Lock()
		to.balance.Unlock()
	})
}

func settle(x, y *ledger) {
	pay(x, y)
	pay(y, x)
}

// BothWays comes to its own lock on the second way.
func BothWays(x, y *ledger) {
	x.balance.Lock()
	settle(x, y)
	x.balance.Unlock()
}

// OneWay never does.
func OneWay(x, y *ledger) {
	x.balance.Lock()
	payBack(x, y)
	x.balance.Unlock()
}

// Inner has two types of one name, and changes a field of the other one alone.
func Inner(m *sync.Mutex, of any) {
	type box struct{ mu *sync.Mutex }
	kept := of.(*box)
	{
		type box struct{ mu *sync.Mutex }
		of.(*box).mu = m
	}
	kept.mu.Lock()
	kept.mu.Lock() // want double-lock[cycle/error]
}

// Outer changes the field of the one.
func Outer(m *sync.Mutex, of any) {
	type box struct{ mu *sync.Mutex }
	kept := of.(*box)
	kept.mu.Lock()
	kept.mu = m
	kept.mu.Lock()
}
