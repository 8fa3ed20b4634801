// Package callers has functions that wait for ever when they are handed what none of
// their callers hands them.
package callers

import (
	"errors"
	"sync"
)

// feed is ready once its first turn has been.
type feed struct {
	ready sync.WaitGroup
	first sync.Once
}

func (f *feed) run(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		f.first.Do(f.ready.Done)
	}
}

// start waits for ever if stop was closed before: the only caller closes it after.
func start(stop <-chan struct{}) *feed {
	f := &feed{}
	f.ready.Add(1)
	go f.run(stop)
	f.ready.Wait()
	return f
}

// Feed is the only caller of start.
func Feed() {
	stop := make(chan struct{})
	start(stop)
	close(stop)
}

// startLate is start for a caller that may be late.
func startLate(stop <-chan struct{}) *feed {
	f := &feed{}
	f.ready.Add(1)
	go f.run(stop)
	f.ready.Wait() // want no-partner[breach]
	return f
}

// FeedLate closes what it hands over at any time.
func FeedLate() {
	stop := make(chan struct{})
	go close(stop)
	startLate(stop)
}

// Start is start for anybody.
func Start(stop <-chan struct{}) {
	f := &feed{}
	f.ready.Add(1)
	go f.run(stop)
	f.ready.Wait() // want no-partner[breach]
}

// startLent is handed out besides: who calls it is not in sight.
func startLent(stop <-chan struct{}) *feed {
	f := &feed{}
	f.ready.Add(1)
	go f.run(stop)
	f.ready.Wait() // want no-partner[breach]
	return f
}

// Starter returns it.
func Starter() func(<-chan struct{}) *feed {
	startLent(make(chan struct{}))
	return startLent
}

// store locks, and what it calls unlocks.
type store struct {
	mu       sync.Mutex
	replaced func()
}

func (s *store) fill() {
	s.mu.Lock()
	if s.replaced != nil {
		s.replaced()
	}
}

// open returns a store that is filled again and again. Nobody takes away what unlocks it.
func open() *store {
	s := &store{}
	s.replaced = s.mu.Unlock
	go func() {
		for range 2 {
			s.fill()
		}
	}()
	return s
}

// Use is the only caller of open.
func Use() {
	s := open()
	s.mu.Lock()
	s.mu.Unlock()
}

// openLater is open, but that nothing unlocks what is filled first.
func openLater() *store {
	s := &store{}
	go func() {
		for range 2 {
			s.fillLater()
		}
	}()
	return s
}

func (s *store) fillLater() {
	s.mu.Lock() // want double-lock[cycle]
	if s.replaced != nil {
		s.replaced()
	}
}

// UseLater is the only caller of openLater.
func UseLater() { openLater() }

// plugin is waited for unless it has failed: nobody wakes.
type plugin struct {
	mu     sync.Mutex
	active *sync.Cond
	ready  bool
	err    error
}

func newPlugin() *plugin {
	p := &plugin{}
	p.active = sync.NewCond(&p.mu)
	return p
}

func (p *plugin) activated() bool { return p.ready || p.err != nil }

func (p *plugin) wait() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.activated() {
		p.active.Wait()
	}
	return p.err
}

// Failed is the only one that waits, for what has failed.
func Failed() {
	p := newPlugin()
	p.err = errors.New("no such plugin")
	done := make(chan struct{})
	go func() {
		p.wait()
		close(done)
	}()
	<-done
}

// driver is a plugin that may be waited for before it has failed.
type driver struct {
	mu     sync.Mutex
	active *sync.Cond
	err    error
}

func newDriver() *driver {
	d := &driver{}
	d.active = sync.NewCond(&d.mu)
	return d
}

func (d *driver) wait() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.err == nil {
		d.active.Wait() // want no-partner[breach]
	}
	return d.err
}

// Failing waits for what fails meanwhile.
func Failing() {
	d := newDriver()
	go d.wait()
	d.mu.Lock()
	d.err = errors.New("no such driver")
	d.mu.Unlock()
}
