// Package goroutine starts goroutines. They inherit neither locks nor contexts nor
// scopes; what they owe is their own.
package goroutine

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is what the goroutines here signal.
type Fence struct{ kern.Fence }

type device struct{ spin kern.Spin }

// Inherits nothing: the goroutine allocates outside the section that started it.
func Inherits() {
	kern.BeginSignalling()
	go func() {
		kern.Alloc(1, kern.Kernel)
	}()
	kern.EndSignalling()
}

// Held starts a goroutine with a spin lock held; only the starter holds it.
func (d *device) Held() {
	d.spin.Lock()
	go kern.Sleep(1)
	d.spin.Unlock()
}

// Owes signals a fence that it captured: it owes it from its first line.
func Owes(f *Fence) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
		kern.Alloc(1, kern.Kernel)
	}()
}

// Argument gets the fence as an argument.
func Argument(f *Fence) {
	go complete(f)
}

func complete(f *Fence) {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	f.Signal(nil)
	kern.Alloc(1, kern.Kernel)
}

// Called is not a root: the same code, called and not started.
func Called(f *Fence) {
	finish(f)
}

func finish(f *Fence) {
	kern.Alloc(1, kern.Kernel)
	f.Signal(nil)
}

// Own creates the fence that it signals, and shows it to nobody before that.
func Own() {
	go func() {
		f := &Fence{}
		kern.Alloc(1, kern.Kernel)
		f.Signal(nil)
	}()
}

// Deep signals three calls down; the allocation stands in the middle.
func Deep(f *Fence) {
	go first(f)
}

func first(f *Fence) { second(f) }

func second(f *Fence) {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	third(f)
}

func third(f *Fence) { f.Signal(nil) }

// Spawned starts through a function that only a directive describes.
func Spawned(f *Fence) {
	kern.Spawn(func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	})
}

// Nested starts a goroutine from a goroutine; the outer one owes nothing.
func Nested(f *Fence) {
	go func() {
		kern.Alloc(1, kern.Kernel)
		go func() {
			kern.Free(nil)
			f.Signal(nil)
		}()
		kern.Alloc(1, kern.Kernel)
	}()
}

// Deferred signals in a defer: everything before it is owed.
func Deferred(f *Fence) {
	go func() {
		defer f.Signal(nil)
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	}()
}

// Branch signals early on one path and allocates after it on that path alone.
func Branch(f *Fence, ok bool) {
	go func() {
		if ok {
			f.Signal(nil)
			kern.Alloc(1, kern.Kernel)
			return
		}
		f.Signal(nil)
	}()
}
