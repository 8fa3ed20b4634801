package alone

import "sync"

// pool has several goroutines for one object.
type pool struct {
	in    chan int
	tasks *tasks
}

type tasks struct {
	queue  sync.Mutex
	active sync.Mutex
	n      int
}

// Several starts them.
func Several(n int) chan<- int {
	p := &pool{in: make(chan int), tasks: &tasks{}}
	for range n {
		go p.run()
	}
	return p.in
}

func (p *pool) run() {
	for v := range p.in {
		if v > 0 {
			p.tasks.Append()
		} else {
			p.tasks.Reset()
		}
	}
}

// Append takes them one way.
func (t *tasks) Append() {
	t.queue.Lock()
	defer t.queue.Unlock()
	t.active.Lock() // want lock-order[cycle/error]
	defer t.active.Unlock()
	t.n++
}

// Reset takes them the other way.
func (t *tasks) Reset() {
	t.active.Lock()
	defer t.active.Unlock()
	t.queue.Lock()
	defer t.queue.Unlock()
	t.n = 0
}

// worker is one of many that have one table.
type worker struct {
	in    chan int
	table *table
}

type table struct {
	rows sync.Mutex
	cols sync.Mutex
	n    int
}

// Shared starts workers, each with a goroutine of its own.
func Shared(n int) (ins []chan<- int) {
	t := &table{}
	for range n {
		w := &worker{in: make(chan int), table: t}
		go w.run()
		ins = append(ins, w.in)
	}
	return ins
}

func (w *worker) run() {
	for v := range w.in {
		if v > 0 {
			w.table.add()
		} else {
			w.table.clear()
		}
	}
}

func (t *table) add() {
	t.rows.Lock()
	defer t.rows.Unlock()
	t.cols.Lock() // want lock-order[cycle/error]
	defer t.cols.Unlock()
	t.n++
}

func (t *table) clear() {
	t.cols.Lock()
	defer t.cols.Unlock()
	t.rows.Lock()
	defer t.rows.Unlock()
	t.n = 0
}

// Feed has a goroutine that reads it, and callers that stop it.
type Feed struct {
	in    chan int
	items *items
}

type items struct {
	first  sync.Mutex
	second sync.Mutex
	n      int
}

// Open starts that goroutine.
func Open() *Feed {
	f := &Feed{in: make(chan int), items: &items{}}
	go f.read()
	return f
}

func (f *Feed) read() {
	for range f.in { // want no-partner[breach/warning]
		f.items.put()
	}
}

// Stop runs on whatever goroutine it is called.
func (f *Feed) Stop() { f.items.drop() }

func (i *items) put() {
	i.first.Lock()
	defer i.first.Unlock()
	i.second.Lock()
	defer i.second.Unlock()
	i.n++
}

func (i *items) drop() {
	i.second.Lock()
	defer i.second.Unlock()
	i.first.Lock() // want lock-order[cycle/error]
	defer i.first.Unlock()
	i.n = 0
}

// player is looked at by the goroutines of others.
type player struct {
	in    chan *score
	score *score
}

type score struct {
	high sync.Mutex
	low  sync.Mutex
	n    int
}

// Game starts a goroutine for each player, which is sent the scores of others.
func Game(others []chan *score) chan *score {
	s := &score{}
	for _, o := range others {
		o <- s
	}
	p := &player{in: make(chan *score), score: s}
	go p.play()
	return p.in
}

func (p *player) play() {
	for s := range p.in {
		s.swap()
		p.score.raise()
	}
}

func (s *score) raise() {
	s.high.Lock()
	defer s.high.Unlock()
	s.low.Lock()
	defer s.low.Unlock()
	s.n++
}

func (s *score) swap() {
	s.low.Lock()
	defer s.low.Unlock()
	s.high.Lock() // want lock-order[cycle/error]
	defer s.high.Unlock()
	s.n--
}
