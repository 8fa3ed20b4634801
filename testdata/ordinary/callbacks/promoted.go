package callbacks

import "sync"

// Methods of interfaces come by way of a function that nobody has written: that of a struct
// which embeds the interface, a method value or a method expression.

// sink takes what is logged.
type sink interface{ Write(n int) }

// prefixed is a sink by embedding one.
type prefixed struct {
	sink
	prefix int
}

// disk is what is written to in the end.
type disk struct {
	mu   sync.Mutex
	of   *logger
	size int
}

// Write takes its lock last.
func (d *disk) Write(n int) {
	d.mu.Lock() // want lock-order[cycle/warning]
	defer d.mu.Unlock()
	d.size += n
}

// rotate has the logger told with its lock held.
func (d *disk) rotate() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.of.mu.Lock()
	d.of.lines = 0
	d.of.mu.Unlock()
}

type logger struct {
	mu    sync.Mutex
	to    sink
	lines int
}

// NewLogger returns one that writes to a sink in a struct.
func NewLogger() *logger {
	l := &logger{}
	d := &disk{of: l}
	l.to = prefixed{sink: d}
	go d.rotate()
	return l
}

// Log writes with its lock held.
func (l *logger) Log() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines++
	l.to.Write(l.lines)
}

// feed takes what is published.
type feed interface{ Publish(n int) }

type tagged struct{ feed }

type wire struct {
	mu   sync.Mutex
	of   *publisher
	size int
}

// Publish takes its lock last, as everybody does.
func (w *wire) Publish(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.size += n
}

// reset has given its lock back.
func (w *wire) reset() {
	w.mu.Lock()
	w.size = 0
	w.mu.Unlock()
	w.of.mu.Lock()
	w.of.lines = 0
	w.of.mu.Unlock()
}

type publisher struct {
	mu    sync.Mutex
	to    feed
	lines int
}

// NewPublisher returns one that publishes to a feed in a struct in a struct.
func NewPublisher() *publisher {
	p := &publisher{}
	w := &wire{of: p}
	p.to = &tagged{tagged{w}}
	go w.reset()
	return p
}

// Put publishes with its lock held.
func (p *publisher) Put() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines++
	p.to.Publish(p.lines)
}

// visitor is told of what there is, by method values.
type visitor interface {
	Visit()
	Leave()
	Enter(n int)
	Exit(n int)
}

type tree struct {
	mu, shape, size, depth, order sync.Mutex
	then                          func()
	who                           visitor
	n                             int
}

type walker struct{ of *tree }

// NewTree returns one that is visited.
func NewTree() *tree {
	t := &tree{}
	w := &walker{t}
	t.who = w
	t.then = t.who.Leave
	return t
}

func (w *walker) Visit() {
	w.of.shape.Lock()
	w.of.n++
	w.of.shape.Unlock()
}

func (w *walker) Leave() {
	w.of.size.Lock()
	w.of.n--
	w.of.size.Unlock()
}

func (w *walker) Enter(n int) {
	w.of.depth.Lock() // want lock-order[cycle/warning]
	w.of.n += n
	w.of.depth.Unlock()
}

func (w *walker) Exit(n int) {
	w.of.order.Lock()
	w.of.n -= n
	w.of.order.Unlock()
}

// Local calls a method value.
func (t *tree) Local() {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.who.Visit
	f()
}

// Handed hands one over.
func (t *tree) Handed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	call(t.who.Visit)
}

func call(f func()) { f() }

// Kept calls one that a field holds.
func (t *tree) Kept() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.then()
}

// Expression calls a method expression.
func (t *tree) Expression() {
	t.mu.Lock()
	defer t.mu.Unlock()
	visitor.Enter(t.who, t.n)
}

// Reversed takes all of them, the tree's last.
func (t *tree) Reversed() {
	t.shape.Lock()
	defer t.shape.Unlock()
	t.size.Lock()
	defer t.size.Unlock()
	t.depth.Lock()
	defer t.depth.Unlock()
	t.mu.Lock() // want lock-order[cycle/warning] lock-order[cycle/warning]
	t.n = 0
	t.mu.Unlock()
}

// Ordered calls one too, of which the lock comes after the tree's everywhere.
func (t *tree) Ordered() {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.who.Exit
	f(t.n)
	visitor.Exit(t.who, t.n)
	t.order.Lock()
	t.n = 0
	t.order.Unlock()
}

// Started has one run by itself, which inherits no lock.
func (t *tree) Started() {
	t.order.Lock()
	defer t.order.Unlock()
	go t.who.Visit()
	f := t.who.Visit
	go f()
}
