// Package partners holds locks across sends, receives and waits for groups, whose other
// ends need the lock, or do not.
package partners

import (
	"context"
	"sync"
	"time"
)

// hub sends with the lock held to a loop that takes it for every event.
type hub struct {
	mu     sync.Mutex
	events chan int
	seen   int
}

func newHub() *hub {
	h := &hub{events: make(chan int)}
	go h.loop()
	return h
}

func (h *hub) loop() {
	for e := range h.events {
		h.mu.Lock()
		h.seen += e
		h.mu.Unlock()
	}
}

// Emit holds the lock.
func (h *hub) Emit(e int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events <- e // want wait-under-lock[cycle/error]
}

// roomy has a buffer.
type roomy struct {
	mu     sync.Mutex
	events chan int
	seen   int
}

func newRoomy() *roomy {
	r := &roomy{events: make(chan int, 8)}
	go r.loop()
	return r
}

func (r *roomy) loop() {
	for e := range r.events {
		r.mu.Lock()
		r.seen += e
		r.mu.Unlock()
	}
}

// Emit finds room eight times.
func (r *roomy) Emit(e int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events <- e // want wait-under-lock[cycle/warning]
}

// sized has a buffer as large as somebody says.
type sized struct {
	mu     sync.Mutex
	events chan int
	seen   int
}

func newSized(n int) *sized {
	s := &sized{events: make(chan int, n)}
	go s.loop()
	return s
}

func (s *sized) loop() {
	for e := range s.events {
		s.mu.Lock()
		s.seen += e
		s.mu.Unlock()
	}
}

// Emit finds room as often.
func (s *sized) Emit(e int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events <- e // want wait-under-lock[cycle/warning]
}

// local hands the channel to its loop, which does not know of the field.
type local struct {
	mu     sync.Mutex
	events chan int
}

func newLocal() *local {
	events := make(chan int)
	l := &local{events: events}
	go func() {
		for range events {
		}
	}()
	go l.loop()
	return l
}

func (l *local) loop() {
	for range l.events {
		l.mu.Lock()
		l.mu.Unlock()
	}
}

// Emit is heard by the one that needs nothing.
func (l *local) Emit(e int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events <- e
}

// outward lets others receive.
type outward struct {
	mu     sync.Mutex
	events chan int
}

func newOutward() *outward {
	o := &outward{events: make(chan int)}
	go o.loop()
	return o
}

func (o *outward) loop() {
	for range o.events {
		o.mu.Lock()
		o.mu.Unlock()
	}
}

// Events is for whoever listens.
func (o *outward) Events() <-chan int { return o.events }

// Emit may be heard by them.
func (o *outward) Emit(e int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.events <- e
}

// both waits for either of two that need the lock.
type both struct {
	mu          sync.Mutex
	left, right chan int
}

func newBoth() *both {
	b := &both{left: make(chan int), right: make(chan int)}
	go b.lefts()
	go b.rights()
	return b
}

func (b *both) lefts() {
	for range b.left {
		b.mu.Lock()
		b.mu.Unlock()
	}
}

func (b *both) rights() {
	for {
		b.mu.Lock()
		b.mu.Unlock()
		b.right <- 1
	}
}

// Either holds the lock.
func (b *both) Either() {
	b.mu.Lock()
	defer b.mu.Unlock()
	select { // want wait-under-lock[cycle/error]
	case b.left <- 1:
	case <-b.right:
	}
}

// Out has a way out.
func (b *both) Out(ctx context.Context) {
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case b.left <- 1:
	case <-ctx.Done():
	}
	select {
	case b.left <- 1:
	case <-time.After(time.Second):
	}
	select {
	case b.left <- 1:
	default:
	}
}

// one waits for either of two, one of which needs nothing.
type one struct {
	mu         sync.Mutex
	busy, idle chan int
}

func newOne() *one {
	o := &one{busy: make(chan int), idle: make(chan int)}
	go o.run()
	go func() {
		for range o.idle {
		}
	}()
	return o
}

func (o *one) run() {
	for range o.busy {
		o.mu.Lock()
		o.mu.Unlock()
	}
}

// Either always finds the other one.
func (o *one) Either() {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case o.busy <- 1:
	case o.idle <- 1:
	}
}

// list tells who registers at once.
type list struct {
	mu  sync.Mutex
	all []chan<- bool
}

func (l *list) register(c chan bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, c)
	select {
	case c <- true:
	default:
	}
}

type registrant struct {
	mu     sync.Mutex
	list   *list
	notify chan bool
	active bool
}

// Lead waits for what registering has sent already.
func (r *registrant) Lead() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notify = make(chan bool, 8)
	r.list.register(r.notify)
	r.active = <-r.notify
}

// group has a goroutine in it that takes the lock before it is counted, and one that does
// so afterwards.
type group struct {
	mu, late sync.Mutex
	running  sync.WaitGroup
}

func (g *group) begin() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running.Add(1)
}

func (g *group) Run(work func() bool) {
	g.begin()
	if !work() {
		g.running.Done()
		return
	}
	g.late.Lock()
	g.late.Unlock()
	g.running.Done()
}

// Stop keeps others from beginning, which nobody in the group does.
func (g *group) Stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running.Wait()
}

// Late keeps those in the group from ending.
func (g *group) Late() {
	g.late.Lock()
	defer g.late.Unlock()
	g.running.Wait() // want wait-under-lock[cycle/error]
}

// Init uses all of it.
func Init() []any {
	return []any{newHub(), newRoomy(), newSized(3), newLocal(), newOutward(), newBoth(), newOne(), newRequest()}
}

// request is that is answered once, and cancelled with its lock held.
type request struct {
	mu     sync.Mutex
	done   bool
	result chan int
}

func newRequest() *request { return &request{result: make(chan int, 1)} }

func (w *request) deliver(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done {
		return
	}
	w.done = true
	w.result <- n
	close(w.result)
}

func (w *request) cancel() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done {
		n = <-w.result
	} else {
		close(w.result)
	}
	w.done = true
	return n
}
