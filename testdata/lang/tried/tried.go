// Package tried asks in all the ways there are whether a lock was taken.
package tried

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	resv kern.Resv
	mu   kern.Mutex
	spin kern.Spin
	n    int
}

// spinlock is a spin lock that can refuse.
//
//fencelint:lock spin
type spinlock struct{ held bool }

//fencelint:acquires s try
//fencelint:trusted -- one thread
func (s *spinlock) try() bool { return !s.held }

//fencelint:acquires s try
//fencelint:trusted -- one thread
func (s *spinlock) tryErr() error { return nil }

//fencelint:releases s
//fencelint:trusted -- one thread
func (s *spinlock) unlock() { s.held = false }

// Stored keeps the answer.
func Stored(s *spinlock) {
	ok := s.try()
	if !ok {
		kern.Sleep(1)
		return
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
	s.unlock()
	kern.Sleep(1)
}

// Inverted asks the other way round.
func Inverted(s *spinlock) {
	if s.try() {
		kern.Sleep(1) // want sleep-in-atomic[breach]
		s.unlock()
	} else {
		kern.Sleep(1)
	}
	kern.Sleep(1)
}

// And asks two things at once.
func And(s *spinlock, cond bool) {
	if cond && s.try() {
		kern.Sleep(1) // want sleep-in-atomic[breach]
		s.unlock()
		return
	}
	kern.Sleep(1)
}

// AndLater asks first and something else then.
func AndLater(s *spinlock, cond func() bool) {
	if s.try() && cond() {
		kern.Sleep(1) // want sleep-in-atomic[breach]
		s.unlock()
	}
}

// Or returns where either is so.
func Or(s *spinlock, cond bool) {
	if cond || !s.try() {
		kern.Sleep(1)
		return
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
	s.unlock()
}

// Loop tries until it has it.
func Loop(s *spinlock) {
	for !s.try() {
		kern.Sleep(1)
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
	s.unlock()
}

// Switch asks in a switch.
func Switch(s *spinlock) {
	switch {
	case s.try():
		kern.Sleep(1) // want sleep-in-atomic[breach]
		s.unlock()
	default:
		kern.Sleep(1)
	}
}

// Compared compares with true.
func Compared(s *spinlock) {
	if s.try() == true {
		kern.Sleep(1) // want sleep-in-atomic[breach]
		s.unlock()
	}
	if s.try() == false {
		kern.Sleep(1)
		return
	}
	s.unlock()
}

// Error asks by error.
func Error(s *spinlock) error {
	err := s.tryErr()
	if err != nil {
		kern.Sleep(1)
		return err
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
	s.unlock()
	return nil
}

// ErrorNil asks the other way round.
func ErrorNil(s *spinlock) {
	if err := s.tryErr(); err == nil {
		kern.Sleep(1) // want sleep-in-atomic[breach]
		s.unlock()
	} else {
		kern.Sleep(1)
	}
}

// helper tries for its caller.
func helper(s *spinlock) bool { return s.try() }

// Helper asks it.
func Helper(s *spinlock) {
	if !helper(s) {
		kern.Sleep(1)
		return
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
	s.unlock()
	kern.Sleep(1)
}

// errHelper tries for its caller, and returns why not.
func errHelper(s *spinlock) error {
	if err := s.tryErr(); err != nil {
		return err
	}
	return nil
}

// ErrHelper asks it.
func ErrHelper(s *spinlock) error {
	if err := errHelper(s); err != nil {
		kern.Sleep(1)
		return err
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
	s.unlock()
	return nil
}

// Deferred unlocks at the end, where it was taken.
func Deferred(s *spinlock) {
	if !s.try() {
		kern.Sleep(1)
		return
	}
	defer s.unlock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// Ignored does not ask: who knows.
func Ignored(s *spinlock) {
	s.try()
	s.unlock()
	kern.Sleep(1)
}

// Conditional locks and unlocks under the same condition.
func (d *device) Conditional(need bool) {
	if need {
		d.spin.Lock()
	}
	d.n++
	if need {
		d.spin.Unlock()
	}
}

// Each case unlocks for itself.
func (d *device) Each() {
	d.spin.Lock()
	switch d.n {
	case 0:
		d.spin.Unlock()
		kern.Sleep(1)
	case 1:
		d.spin.Unlock()
	default:
		kern.Sleep(1) // want sleep-in-atomic[breach]
		d.spin.Unlock()
	}
	kern.Sleep(1)
}

// Goto jumps to the unlock.
func (d *device) Goto() {
	d.spin.Lock()
	if d.n > 0 {
		goto out
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
out:
	d.spin.Unlock()
	kern.Sleep(1)
}

// Harmless does with a spin lock held what never waits.
func (d *device) Harmless(ch chan int, done chan struct{}) {
	d.spin.Lock()
	d.n += len(ch) + cap(ch)
	close(done)
	d.spin.Unlock()
	ch <- 1
	d.n += <-ch
	<-done
}
