package counts

import "sync"

// Options are set by functions of the caller.
type Options struct {
	concurrent int
	small      bool
}

// Option sets one.
type Option func(*Options) error

// Decoder has some blocks ready.
type Decoder struct{ blocks chan *block }

type block struct{ small bool }

func newBlock(small bool) *block { return &block{small} }

// NewDecoder has room for as many blocks as it makes: nobody changes options meanwhile.
func NewDecoder(opts ...Option) (*Decoder, error) {
	o := Options{concurrent: 4}
	for _, opt := range opts {
		if err := opt(&o); err != nil {
			return nil, err
		}
	}
	d := &Decoder{blocks: make(chan *block, o.concurrent)}
	for i := 0; i < o.concurrent; i++ {
		d.blocks <- newBlock(o.small)
	}
	return d, nil
}

// NewEncoder makes one more than there is room for.
func NewEncoder(opts ...Option) (*Decoder, error) {
	o := Options{concurrent: 4}
	for _, opt := range opts {
		if err := opt(&o); err != nil {
			return nil, err
		}
	}
	d := &Decoder{blocks: make(chan *block, o.concurrent)}
	for i := 0; i <= o.concurrent; i++ {
		d.blocks <- newBlock(o.small) // want no-partner[breach/error]
	}
	return d, nil
}

// Pool starts as many workers as it was made for.
type Pool struct {
	size    int // never set again
	current int
}

// NewPool has a size.
func NewPool(n int) *Pool { return &Pool{size: n, current: n} }

// Grow changes how many there are.
func (p *Pool) Grow() { p.current++ }

// Run waits for all of them.
func (p *Pool) Run(work func()) {
	var wg sync.WaitGroup
	wg.Add(p.size)
	for i := 0; i < p.size; i++ {
		go func() {
			defer wg.Done()
			work()
		}()
	}
	wg.Wait()
}

// RunMost leaves one out.
func (p *Pool) RunMost(work func()) {
	var wg sync.WaitGroup
	wg.Add(p.size)
	for i := 1; i < p.size; i++ {
		go func() {
			defer wg.Done()
			work()
		}()
	}
	wg.Wait() // want no-partner[breach/error]
}

// RunCurrent waits for more than it starts, or less, where Grow comes in between.
func (p *Pool) RunCurrent(work func()) {
	var wg sync.WaitGroup
	wg.Add(p.current)
	for i := 0; i < p.current; i++ {
		go func() {
			defer wg.Done()
			work()
		}()
	}
	wg.Wait() // want no-partner[breach/error]
}

// Shards sends what went wrong with each of them.
func Shards(commands []string, run func([]string) error) error {
	shards := make(map[string][]string)
	for _, c := range commands {
		key := c
		if key != "" {
			key = key[:1]
		}
		shards[key] = append(shards[key], c)
	}
	var wg sync.WaitGroup
	errs := make(chan error, len(shards))
	for _, cs := range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := run(cs); err != nil {
				errs <- err
			}
		}()
	}
	wg.Wait()
	close(errs)
	return <-errs
}

// ShardsTwice may send two for each, and has room for one.
func ShardsTwice(commands []string, run func([]string) error) error {
	shards := make(map[string][]string)
	for _, c := range commands {
		key := c
		if key != "" {
			key = key[:1]
		}
		shards[key] = append(shards[key], c)
	}
	var wg sync.WaitGroup
	errs := make(chan error, len(shards))
	for _, cs := range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 2 {
				if err := run(cs); err != nil {
					errs <- err
				}
			}
		}()
	}
	wg.Wait() // want wait-cycle[cycle/error]
	close(errs)
	return <-errs
}

// Later hands what ends its wait to a function that is not known, which may keep it.
func Later(run func(func())) {
	done := make(chan struct{})
	run(func() { close(done) })
	<-done
}

// Never does so, and waits for another.
func Never(run func(func())) {
	done, other := make(chan struct{}), make(chan struct{})
	run(func() { close(done) })
	<-other // want no-partner[breach/error]
}

// First asks all, and takes as many answers as there is room for.
func First(asked []func() error) (failed int) {
	answers := make(chan error, len(asked))
	for _, ask := range asked {
		go func() { answers <- ask() }()
	}
	for i := 0; i < cap(answers); i++ {
		if err := <-answers; err != nil {
			failed++
		}
	}
	return failed
}

// FirstMore waits for one answer more than there is room for.
func FirstMore(asked []func() error) (failed int) {
	answers := make(chan error, len(asked))
	for _, ask := range asked {
		go func() { answers <- ask() }()
	}
	for i := 0; i <= cap(answers); i++ {
		if err := <-answers; err != nil { // want no-partner[breach/error]
			failed++
		}
	}
	return failed
}

// Each takes one answer for each of a map.
func Each(ids []int, find func(int) (interface{ Ack([]int) error }, error)) (failed int) {
	by := make(map[interface{ Ack([]int) error }][]int)
	for _, id := range ids {
		if who, err := find(id); err == nil {
			by[who] = append(by[who], id)
		}
	}
	answers := make(chan error, len(by))
	for who, ids := range by {
		go func() { answers <- who.Ack(ids) }()
	}
	for i := 0; i < len(by); i++ {
		if err := <-answers; err != nil {
			failed++
		}
	}
	return failed
}

// Table is filled and emptied by others.
type Table struct {
	mu   sync.Mutex
	rows map[int]bool
}

// NewTable has no rows.
func NewTable() *Table { return &Table{rows: map[int]bool{}} }

// Add puts a row in.
func (t *Table) Add(row int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[row] = true
}

// Drop takes it out.
func (t *Table) Drop(row int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.rows, row)
}

// Drain looks again until it is empty: a map is not what it was because its field is.
func (t *Table) Drain(tick <-chan struct{}) {
	done := make(chan struct{})
	go func() {
		for {
			t.mu.Lock()
			n := len(t.rows)
			t.mu.Unlock()
			if n == 0 {
				break
			}
			<-tick
		}
		close(done)
	}()
	<-done
}

// Runner is told to stop after it was started.
type Runner struct {
	tick chan int
	stop bool
}

// Run is told before its first tick.
func Run() {
	r := &Runner{tick: make(chan int)}
	done := make(chan struct{})
	go func() {
		for {
			<-r.tick
			if r.stop {
				break
			}
		}
		close(done)
	}()
	r.stop = true
	r.tick <- 1
	<-done
}

// Filled looks again until somebody has put something into a map that he was handed.
func Filled(fill func(map[string]int), tick <-chan struct{}) {
	m := map[string]int{}
	fill(m)
	done := make(chan struct{})
	go func() {
		for len(m) == 0 {
			<-tick
			fill(m)
		}
		close(done)
	}()
	<-done
}

// Bound looks again until what has kept the address of its variable sets it.
func Bound(bind func(*int), step func()) {
	var n int
	bind(&n)
	done := make(chan struct{})
	go func() {
		for n == 0 {
			step()
		}
		close(done)
	}()
	<-done
}
