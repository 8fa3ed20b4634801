// Package tickers has loops over what a ticker sends, which ends nobody when it is stopped.
package tickers

import "time"

// poller is stopped by its ticker alone.
type poller struct {
	ticker *time.Ticker
	done   chan struct{}
	turns  int
}

func (p *poller) loop() {
	defer close(p.done)
	for range p.ticker.C { // want no-partner[breach]
		p.turns++
	}
}

// Poll waits for the loop to have ended.
func Poll() {
	p := &poller{ticker: time.NewTicker(time.Second), done: make(chan struct{})}
	go p.loop()
	p.ticker.Stop()
	<-p.done
}

// watcher is told to stop.
type watcher struct {
	ticker     *time.Ticker
	quit, done chan struct{}
	turns      int
}

func (w *watcher) loop() {
	defer close(w.done)
	for {
		select {
		case <-w.ticker.C:
			w.turns++
		case <-w.quit:
			return
		}
	}
}

// Watch waits for the loop to have ended.
func Watch() {
	w := &watcher{ticker: time.NewTicker(time.Second), quit: make(chan struct{}), done: make(chan struct{})}
	go w.loop()
	w.ticker.Stop()
	close(w.quit)
	<-w.done
}

// Again is told to go on.
func Again() {
	ticker := time.NewTicker(time.Second)
	done := make(chan struct{})
	go func() {
		<-ticker.C
		close(done)
	}()
	ticker.Stop()
	ticker.Reset(time.Minute)
	<-done
}

// Handed is stopped, and who has it too may have it go on.
func Handed(others func(*time.Ticker)) {
	ticker := time.NewTicker(time.Second)
	others(ticker)
	done := make(chan struct{})
	go func() {
		<-ticker.C
		close(done)
	}()
	ticker.Stop()
	<-done
}

// Once takes what there is in time, and stops the ticker after it.
func Once() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	<-ticker.C
}
