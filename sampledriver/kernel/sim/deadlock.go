package sim

import (
	"fmt"
	"strings"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Deadlock is the reason why a machine halted: tasks that will never run again.
type Deadlock struct {
	At time.Duration
	// Cycle says that each step waits for the next and the last for the first.
	Cycle bool
	// Quiet says that nothing could run any more and no timer was set, although it is not
	// known who should have acted. With neither, the last step has ended for good.
	Quiet bool
	Steps []Step
}

// Step is one node of a deadlock.
type Step struct {
	Node string  // who, or what
	Task bool    // Node is a task
	Op   string  // a task's operation: what it called
	On   string  // what a task waits for
	Text string  // the call in full: Op and On
	At   []Frame // where a task is, innermost call first
}

// Error renders the deadlock, one step a line, with each task's calls.
func (d *Deadlock) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "deadlock at %v: ", d.At)
	switch {
	case d.Cycle:
		b.WriteString("each waits for the next, the last for the first")
	case d.Quiet:
		b.WriteString("nothing can run and no timer is set")
	default:
		b.WriteString("each waits for the next, and the last has ended")
	}
	for _, s := range d.Steps {
		fmt.Fprintf(&b, "\n  %s", s.Node)
		if s.Text != "" {
			fmt.Fprintf(&b, " waits in %s", s.Text)
		}
		for _, f := range s.At {
			fmt.Fprintf(&b, "\n      %v", f)
		}
	}
	return b.String()
}

// Functions returns the functions that the tasks of the deadlock are in, of all
// steps, innermost first.
func (d *Deadlock) Functions() []string {
	var names []string
	for _, s := range d.Steps {
		for _, f := range s.At {
			names = append(names, f.Func)
		}
	}
	return names
}

// deadlocked describes the cycle that t has just closed, or run into.
//
//fencelint:trusted -- the simulator itself
func (m *Machine) deadlocked(t *Task, stuck []waitfor.Node) *Deadlock {
	ring, closed := waitfor.Cycle(t, stuck)
	d := m.describe(t, ring)
	d.Cycle = closed
	return d
}

// quiescent describes the tasks that are left when nothing can run.
//
//fencelint:trusted -- the simulator itself
func (m *Machine) quiescent(by *Task, tasks []*Task) *Deadlock {
	nodes := make([]waitfor.Node, len(tasks))
	for i, t := range tasks {
		nodes[i] = t
	}
	d := m.describe(by, nodes)
	d.Quiet = true
	return d
}

// describe asks every task among nodes where it is. by holds the baton and answers
// for itself.
//
//fencelint:trusted -- the simulator itself: it hands the baton to each task and back
func (m *Machine) describe(by *Task, nodes []waitfor.Node) *Deadlock {
	d := &Deadlock{At: m.now}
	m.dumping = true
	for _, n := range nodes {
		step := Step{Node: n.String()}
		if t, ok := n.(*Task); ok && t.state == waiting {
			if t == by {
				t.where = callers(0)
			} else {
				t.resume <- struct{}{}
				<-m.dumped
			}
			step.Task, step.At = true, t.where
			step.Op, step.Text = t.wait.Text, t.wait.Text
			if t.wait.On != nil {
				step.On = t.wait.On.String()
				step.Text += " of " + step.On
			}
		}
		d.Steps = append(d.Steps, step)
	}
	m.dumping = false
	return d
}

// Limit is the reason why a machine halted that went on for too long.
type Limit struct {
	What    string
	Waiters []string // the tasks that waited then
}

func (l *Limit) Error() string {
	return fmt.Sprintf("limit of %s reached; %s", l.What, strings.Join(l.Waiters, "; "))
}

// waiters lists what every task waits for.
func (m *Machine) waiters() []string {
	var lines []string
	for _, t := range m.tasks {
		if t.state == waiting && !t.wait.Idle {
			line := t.String() + " in " + t.wait.Text
			if t.wait.On != nil {
				line += " of " + t.wait.On.String()
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// Panic is the reason why a machine halted on which a task panicked.
type Panic struct {
	Task  string
	Value any
	Stack string
}

func (p *Panic) Error() string {
	return fmt.Sprintf("task %q panicked: %v\n%s", p.Task, p.Value, p.Stack)
}
