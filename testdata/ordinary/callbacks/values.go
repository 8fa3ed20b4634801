package callbacks

import "sync"

// What is handed over is a function of which the text does not say what it is: it comes out of a
// field or a map, or is in an interface.

// table has hooks.
type table struct {
	mu, rows, columns, cells sync.Mutex
	hook, harmless           func()
	named                    map[string]func()
	n                        int
}

// NewTable returns one whose hooks take locks.
func NewTable() *table {
	t := &table{}
	t.hook = t.count
	t.named = map[string]func(){"columns": t.count2}
	t.harmless = t.count3
	return t
}

func (t *table) count() {
	t.rows.Lock()
	t.n++
	t.rows.Unlock()
}

func (t *table) count2() {
	t.columns.Lock() // want lock-order[cycle/warning]
	t.n++
	t.columns.Unlock()
}

func (t *table) count3() {
	t.cells.Lock()
	t.n++
	t.cells.Unlock()
}

func apply(f func()) { f() }

// Field hands over what a field holds.
func (t *table) Field() {
	t.mu.Lock()
	defer t.mu.Unlock()
	apply(t.hook)
}

// Map hands over what a map holds.
func (t *table) Map() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range t.named {
		apply(f)
	}
}

// Harmless hands over what takes a lock that nobody holds when he takes the table's.
func (t *table) Harmless() {
	t.mu.Lock()
	defer t.mu.Unlock()
	apply(t.harmless)
}

// Rows takes the table's last.
func (t *table) Rows() {
	t.rows.Lock()
	defer t.rows.Unlock()
	t.mu.Lock() // want lock-order[cycle/warning]
	t.n = 0
	t.mu.Unlock()
}

// Columns does so too.
func (t *table) Columns() {
	t.columns.Lock()
	defer t.columns.Unlock()
	t.mu.Lock()
	t.n = 0
	t.mu.Unlock()
}

// task can be run.
type task interface{ Run() }

// taskFunc is a task by itself.
type taskFunc func()

// Run calls it.
func (f taskFunc) Run() { f() }

// plan has a task that is a function.
type plan struct {
	mu, steps, goals sync.Mutex
	task, other      task
	n                int
}

// NewPlan returns one.
func NewPlan() *plan {
	p := &plan{}
	p.task = taskFunc(p.step)
	p.other = goal{p}
	return p
}

func (p *plan) step() {
	p.steps.Lock()
	p.n++
	p.steps.Unlock()
}

// goal is another task.
type goal struct{ of *plan }

// Run takes a lock that comes after the plan's everywhere.
func (g goal) Run() {
	g.of.goals.Lock()
	g.of.n++
	g.of.goals.Unlock()
}

// Field runs what a field holds.
func (p *plan) Field() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.task.Run()
	p.other.Run()
}

// Reversed takes the plan's last.
func (p *plan) Reversed() {
	p.steps.Lock()
	defer p.steps.Unlock()
	p.mu.Lock() // want lock-order[cycle/warning]
	p.n = 0
	p.mu.Unlock()
}

func runTask(t task) { t.Run() }

func forward(t task) { runTask(t) }

// Literal has one run in place that takes what is held.
func (p *plan) Literal() {
	p.mu.Lock()
	defer p.mu.Unlock()
	forward(taskFunc(func() {
		p.mu.Lock() // want double-lock[cycle/warning]
		p.n++
		p.mu.Unlock()
	}))
}

// Other has one run that takes nothing, by the same way.
func (p *plan) Other() {
	p.goals.Lock()
	defer p.goals.Unlock()
	forward(taskFunc(func() { p.n++ }))
}

// Before has one run before it takes its own.
func (p *plan) Before() {
	forward(taskFunc(func() {
		p.goals.Lock()
		p.n++
		p.goals.Unlock()
	}))
	p.goals.Lock()
	p.n++
	p.goals.Unlock()
}
