// Package forsaken has waits for what nobody sends to or closes, and for what somebody does
// who knows it by another name.
package forsaken

// request wants an answer, and gets none.
type request struct {
	n     int
	reply chan error
}

// Server has requests done.
type Server struct {
	requests chan request
	quit     chan struct{}
	hook     chan struct{}
	done     int
}

// NewServer starts one.
func NewServer() *Server {
	s := &Server{requests: make(chan request), quit: make(chan struct{})}
	go s.loop()
	return s
}

func (s *Server) loop() {
	for {
		select {
		case r := <-s.requests:
			s.done += r.n
		case <-s.quit:
			return
		}
	}
}

// Do waits for an answer.
func (s *Server) Do(n int) error {
	r := request{n, make(chan error, 1)}
	s.requests <- r
	return <-r.reply // want no-partner[breach/warning]
}

// Hooked waits for what is made nowhere: nobody comes there who has not set it.
func (s *Server) Hooked() {
	if s.hook != nil {
		<-s.hook
	}
}

// Close stops it.
func (s *Server) Close() { close(s.quit) }

// sink takes what nobody receives.
type sink struct{ in chan int }

func newSink() *sink { return &sink{make(chan int)} }

// Put waits for that.
func (s *sink) Put(n int) {
	s.in <- n // want no-partner[breach/warning]
}

// Sinks are handed out.
func Sinks() []*sink { return []*sink{newSink(), newSink()} }

// named is ended by its other names.
type named struct {
	local, argument, listed, captured, boxed, kept chan int
}

// Named makes one.
func Named() *named {
	return &named{make(chan int), make(chan int), make(chan int), make(chan int), make(chan int), make(chan int)}
}

type keeper struct{ ch chan int }

// Wait waits for all.
func (n *named) Wait() {
	<-n.local
	<-n.argument
	<-n.listed
	<-n.captured
	<-n.boxed
	<-n.kept
}

func put(ch chan<- int) { ch <- 1 }

// End ends all of them.
func (n *named) End(say func(any)) *keeper {
	local := n.local
	local <- 1
	put(n.argument)
	for _, ch := range []chan int{n.listed} {
		ch <- 1
	}
	captured := n.captured
	func() { close(captured) }()
	say(n.boxed)
	return &keeper{n.kept}
}

// Say sends to what it keeps.
func (k *keeper) Say() { k.ch <- 1 }

// Either waits for one of two, of which nobody ends the other.
type Either struct{ never, now chan int }

// NewEither makes one.
func NewEither() *Either { return &Either{make(chan int), make(chan int)} }

// Wait waits for either.
func (e *Either) Wait() {
	select {
	case <-e.never:
	case <-e.now:
	}
}

// Now ends it.
func (e *Either) Now() { close(e.now) }

// engine is stopped by a function that nobody looks into.
type engine struct{ stopped chan struct{} }

func newEngine() *engine { return &engine{stopped: make(chan struct{})} }

func (e *engine) wait() { <-e.stopped }

//fencelint:trusted -- ends the engine
func (e *engine) stop() { close(e.stopped) }

// gate is opened by a close that runs by itself.
type gate struct{ open chan struct{} }

func (g *gate) pass() { <-g.open }

// barrier is never opened.
type barrier struct{ open chan struct{} }

func (b *barrier) pass() {
	<-b.open // want no-partner[breach/warning]
}

// Gates are handed out.
func Gates() ([]*gate, []*barrier) {
	g, b := &gate{make(chan struct{})}, &barrier{make(chan struct{})}
	go close(g.open)
	go print(b.open)
	return []*gate{g}, []*barrier{b}
}
