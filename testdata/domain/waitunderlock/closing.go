package waitunderlock

import "sync"

// poller looks now and then until it is told to stop.
type poller struct {
	mu          sync.Mutex
	polls       int
	dying, done chan struct{}
}

func newPoller() *poller {
	p := &poller{dying: make(chan struct{}), done: make(chan struct{})}
	go p.loop()
	return p
}

func (p *poller) loop() {
	defer close(p.done)
	for p.polls < 100 {
		p.poll()
		select {
		case <-p.dying:
			return
		default:
		}
	}
}

func (p *poller) poll() {
	p.mu.Lock()
	p.polls++
	p.mu.Unlock()
}

// stop waits with the lock held that the loop needs before it looks whether it is to stop.
func (p *poller) stop() {
	p.mu.Lock()
	close(p.dying)
	<-p.done // want wait-under-lock[cycle]
	p.mu.Unlock()
}

// waiter is poller, which has no need of the lock once it runs.
type waiter struct {
	mu          sync.Mutex
	waits       int
	dying, done chan struct{}
}

func newWaiter() *waiter {
	w := &waiter{dying: make(chan struct{}), done: make(chan struct{})}
	go w.loop()
	return w
}

func (w *waiter) loop() {
	defer close(w.done)
	for {
		select {
		case <-w.dying:
			return
		default:
		}
	}
}

func (w *waiter) stop() {
	w.mu.Lock()
	close(w.dying)
	<-w.done
	w.mu.Unlock()
}

// server is poller, which takes the lock for what it was sent: what is asked for is what
// comes after that.
type server struct {
	mu      sync.Mutex
	served  int
	request chan int
	reply   chan int
}

func newServer() *server {
	s := &server{request: make(chan int), reply: make(chan int, 1)}
	go s.loop()
	return s
}

func (s *server) loop() {
	s.mu.Lock()
	s.served = 0
	s.mu.Unlock()
	<-s.request
	s.reply <- 1
}

func (s *server) ask() {
	s.request <- 1
	s.mu.Lock()
	<-s.reply
	s.mu.Unlock()
}
