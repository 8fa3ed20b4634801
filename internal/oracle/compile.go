package oracle

import (
	"errors"
	"slices"
)

// opcode is what an instruction of the reference does. Calls are inlined and what is
// called on is known, so that a thread is a list of instructions on objects.
type opcode uint8

const (
	opLock opcode = iota
	opUnlock
	opAnnounce // of a writer: readers that come now wait
	opWriteLock
	opWriteUnlock
	opReadLock
	opReadUnlock
	opTryLock // goes on to other if the lock is taken
	opSelect  // with its cases; a send or receive is one with one case
	opClose
	opAdd
	opWait
	opPark   // on a Cond: releases the lock
	opParked // until woken
	opIfFlag // goes on to other if the flag is not set
	opSetFlag
	opWake
	opWakeAll
	opFenceWait
	opFenceSignal
	opPublish
	opTake
	opGet
	opPut
	opPush // starts the thread other, in its turn
	opTurn // waits for the turn of work on an ordered queue
	opWorked
	opFlush
	opFlushing
	opAlloc // nothing by itself; what may come of it follows
	opSleep
	opGo
	opIf     // unknown; goes on to other if it is false
	opChoose // goes on to other, or not
	opSet    // register other to n
	opCount  // register other to an unknown number
	opNext   // goes on to other, and takes one from register n, unless that is zero
	opJump
	opEnd
)

// region is what is known of where an instruction stands.
type region struct {
	signalling, opportunistic, noReclaim, reclaim, notifier bool
}

// instruction is one instruction of a thread.
type instruction struct {
	code      opcode
	object    int // index of what it is about
	second    int // index of the lock of a Cond
	n         int
	other     int
	cases     []communication
	otherwise int // where a select goes on without a case, -1 for nowhere
	stmt      *Stmt
	within    *Stmt // the allocation that runs it, in reclaim
	region    region
}

// communication is a case of a select.
type communication struct {
	object int
	send   bool
	to     int // where to go on
	closed int // where to go on if it was closed, as a range does
	stmt   *Stmt
}

// registers is how deep loops nest in a thread.
const registers = 3

// errDeep says that loops nest deeper than that.
var errDeep = errors.New("loops nest too deep")

// maxInstructions bounds a thread, and maxThreads how many there are in the text.
const (
	maxInstructions = 250
	maxThreads      = 24
)

var errLarge = errors.New("too many instructions")

// machine is a program that the reference can run.
type machine struct {
	program *Program
	threads [][]instruction // the first one is Run's
	objects []Field         // what is at an index
	where   [][]int         // by variable of Run and field: the index
	ends    map[*Stmt]bool  // of those that run for a group: to be done
	tries   bool            // somebody may find a lock taken, and go on
	compileOptions
}

// compileOptions say in what a program is run otherwise than it is.
type compileOptions struct {
	atomic  bool // nobody sees a variable change between two operations of another goroutine
	merged  bool // there is one object of each type
	doubled bool // everybody is there once more, from the beginning
	added   bool // somebody has been added to each group
	joined  bool // who runs for a group is added with what comes before, and done with the last that it does
	eager   bool // what only lets others go on is done as soon as it can be
	variant bool // nothing else: it is another program, made to judge one
	roomy   bool // there is always a slot in a pool, an annotated lock keeps nobody out, and nobody sees them taken
}

// compile makes a program ready to be run.
func compile(p *Program, options compileOptions) (*machine, error) {
	m := &machine{program: p, ends: make(map[*Stmt]bool), compileOptions: options}
	first := make(map[int]int) // by type
	for i, o := range p.Objects {
		var at []int
		for _, f := range p.Types[o.Type].Fields {
			at = append(at, len(m.objects))
			m.objects = append(m.objects, f)
		}
		one, ok := first[o.Type]
		if ok && options.merged && p.Types[o.Type].Name != "" {
			at = m.where[one]
		} else if !ok {
			first[o.Type] = i
		}
		m.where = append(m.where, at)
	}
	identity := make([]int, len(p.Objects))
	for i := range identity {
		identity[i] = i
	}
	p.all(func(s *Stmt) { m.tries = m.tries || s.Op == TryLock })
	if _, err := m.thread(p.Body, identity, region{}, -1); err != nil {
		return nil, err
	}
	return m, nil
}

// compiler compiles one thread.
type compiler struct {
	m     *machine
	out   []instruction
	err   error
	depth int // of loops
	calls int
}

// body is what is known while a function's body is compiled.
type body struct {
	variables []int // of Run, by what the body calls them
	region    region
	defers    []*Stmt
	returns   []int // jumps to the end
}

// thread compiles what runs by itself; work on a queue waits for its turn first. It
// returns the number of the thread.
func (m *machine) thread(list []*Stmt, variables []int, ctx region, queue int) (int, error) {
	id := len(m.threads)
	if id >= maxThreads {
		return 0, errLarge
	}
	m.threads = append(m.threads, nil)
	c := &compiler{m: m}
	if queue >= 0 {
		c.add(instruction{code: opTurn, object: queue})
	}
	c.function(list, variables, ctx)
	if queue >= 0 {
		c.add(instruction{code: opWorked, object: queue})
	}
	c.add(instruction{code: opEnd})
	m.threads[id] = c.out
	return id, c.err
}

func (c *compiler) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *compiler) add(i instruction) int {
	if len(c.out) >= maxInstructions {
		c.fail(errLarge)
		return 0
	}
	c.out = append(c.out, i)
	return len(c.out) - 1
}

func (c *compiler) here() int { return len(c.out) }

// function compiles a body with what it defers.
func (c *compiler) function(list []*Stmt, variables []int, ctx region) {
	b := &body{variables: variables, region: ctx}
	c.list(list, b)
	c.leave(b)
	for _, at := range b.returns {
		c.out[at].other = c.here()
	}
}

// leave compiles what was deferred so far.
func (c *compiler) leave(b *body) {
	for _, s := range slices.Backward(b.defers) {
		c.stmt(s, b)
	}
}

func (c *compiler) list(list []*Stmt, b *body) {
	for _, s := range list {
		c.stmt(s, b)
		if c.err != nil {
			return
		}
	}
}

// object returns the index of what a reference leads to.
func (c *compiler) object(b *body, r Ref) int { return c.m.where[b.variables[r.Base]][r.Field] }

// lockOf returns the index of the lock of a Cond; that of its Flag is the next one.
func (m *machine) lockOf(cond int, r Ref) int { return cond - r.Field + m.objects[cond].Lock }

// variable returns which variable of Run an object is in.
func (m *machine) variable(object int) int {
	return slices.IndexFunc(m.where, func(at []int) bool { return slices.Contains(at, object) })
}

// loop compiles a body that goes round as often as a register says, which first sets.
func (c *compiler) loop(s *Stmt, b *body, first instruction) {
	if c.depth == registers {
		c.fail(errDeep)
		return
	}
	first.other = c.depth
	c.add(first)
	next := c.add(instruction{code: opNext, n: c.depth})
	c.depth++
	c.list(s.Body, b)
	c.depth--
	c.add(instruction{code: opJump, other: next})
	c.out[next].other = c.here()
}

// communicate compiles a select.
func (c *compiler) communicate(s *Stmt, b *body, cases []*Stmt, blocking bool) {
	at := c.add(instruction{code: opSelect, stmt: s, region: b.region, otherwise: -1})
	var comms []communication
	var ends []int
	for _, k := range cases {
		comms = append(comms, communication{c.object(b, k.On), k.Op == Send, c.here(), c.here(), k})
		if k != s {
			c.list(k.Body, b)
		}
		ends = append(ends, c.add(instruction{code: opJump}))
	}
	if !blocking {
		c.out[at].otherwise = c.here()
		c.list(s.Else, b)
	}
	c.out[at].cases = comms
	for _, end := range ends {
		c.out[end].other = c.here()
	}
}

// called returns the variables of Run that a call hands over.
func (c *compiler) called(s *Stmt, b *body) []int {
	var variables []int
	for _, a := range s.Args {
		variables = append(variables, b.variables[a])
	}
	return variables
}

func (c *compiler) start(s *Stmt, b *body, code opcode, queue int) {
	variables, list := b.variables, s.Body
	if s.Op == Go && s.Func >= 0 {
		variables, list = c.called(s, b), c.m.program.Funcs[s.Func].Body
	}
	if s.Op == GroupGo {
		done := &Stmt{Op: Done, On: s.On}
		c.m.ends[done] = true
		list = slices.Concat([]*Stmt{{Op: Defer, Body: []*Stmt{done}}}, list)
	}
	id, err := c.m.thread(list, variables, region{}, queue)
	if err != nil {
		c.fail(err)
	}
	c.add(instruction{code: code, object: queue, other: id, stmt: s})
}

// reclaim compiles what an allocation may run.
func (c *compiler) reclaim(alloc *Stmt, b *body) {
	from := c.here()
	for _, h := range c.m.program.Shrinkers {
		skip := c.add(instruction{code: opChoose})
		ctx := region{reclaim: !h.Notifier, notifier: h.Notifier}
		depth := c.depth
		c.function(c.m.program.Funcs[h.Func].Body, h.Args, ctx)
		c.depth = depth
		c.out[skip].other = c.here()
	}
	for i := from; i < len(c.out); i++ {
		c.out[i].within = alloc
	}
}
