package summary

import (
	"fmt"
	"strings"
	"time"
)

var classNames = [...]string{
	"none", "fence", "lock", "pool", "waitqueue", "workqueue", "channel", "waitgroup",
	"cond", "outside", "reclaim", "notifier", "worker", "room",
}

func (k ClassKind) String() string { return classNames[k] }

func (c Class) String() string {
	if c.Name == "" {
		return c.Kind.String()
	}
	return c.Kind.String() + " " + c.Name
}

var opNames = [...]string{
	"wait", "alloc", "acquire", "release", "sleep", "signal", "publish", "take", "wake",
	"flush", "flags-dropped", "duty-lost", "wake-missing", "spins", "unlock-missing", "heap", "count",
}

func (k OpKind) String() string { return opNames[k] }

var regionNames = [...]string{"declared", "published", "owed", "spin"}

func (k RegionKind) String() string { return regionNames[k] }

var spawnNames = [...]string{"go", "work", "callback"}

func (k SpawnKind) String() string { return spawnNames[k] }

var directionNames = [...]string{"", "send", "receive", "close"}

func (d Direction) String() string { return directionNames[d] }

// String shows the object for people: its class, how it was named, and whether its
// caller may know better.
func (o Object) String() string {
	s := o.Class.String()
	if o.Param >= 0 {
		s += fmt.Sprintf(" $%d", o.Param)
		if o.Path != "" {
			s += "." + o.Path
		}
	}
	if o.Args != "" {
		s += " of [" + string(o.Args) + "]"
	}
	if o.In != "" {
		s += " in " + o.In
	}
	if o.Open {
		s += " open"
	}
	if o.Instance != "" {
		s += " {" + o.Instance + "}"
	}
	return s
}

// String shows one alternative of a flags value.
func (f Flag) String() string {
	s := fmt.Sprintf("%#x", f.Or)
	if f.Param >= 0 {
		s = fmt.Sprintf("$%d", f.Param)
		if f.And != ^uint64(0) {
			s += fmt.Sprintf("&%#x", f.And)
		}
		if f.Or != 0 {
			s += fmt.Sprintf("|%#x", f.Or)
		}
	}
	if f.Derived {
		s += " derived"
	}
	return s
}

func (f Flags) String() string {
	if len(f) == 0 {
		return "unknown"
	}
	return list(f)
}

func (h Held) String() string {
	s := h.On.String()
	if h.Shared {
		s += " shared"
	}
	if h.Func != "" {
		s += " by " + h.Func
	}
	s += when(h.Private, "private") + when(h.May, "maybe") + when(h.Again, "again") + when(h.Passed, "passed")
	return fmt.Sprintf("%s @%d", s, h.Pos.Line)
}

func (r Region) String() string {
	s := r.Kind.String() + " " + r.Context.String()
	if r.Fence.Class.Kind != NoClass {
		s += " " + r.Fence.String()
	}
	if r.Kind == Owed && r.Owes >= 0 {
		s += fmt.Sprintf(" owes $%d", r.Owes)
	}
	if r.Lent {
		s += " lent"
	}
	return fmt.Sprintf("%s @%d", s, r.Pos.Line)
}

func (t Truth) String() string { return [...]string{"unknown", "true", "false"}[t] }

func (g Given) String() string { return fmt.Sprintf("$%d=%v", g.Param, g.Holds) }

func (t Target) String() string {
	s := t.Func
	if t.Args != "" {
		s += "[" + string(t.Args) + "]"
	}
	return s + " (" + t.Via.String() + ")"
}

func (b Bind) String() string {
	s := fmt.Sprintf("$%d=", b.Param)
	switch {
	case b.Object != nil:
		return s + b.Object.String()
	case len(b.Flags) > 0:
		return s + b.Flags.String()
	case b.Truth != Unknown:
		return s + b.Truth.String()
	case b.From >= 0:
		s += fmt.Sprintf("$%d", b.From)
	}
	return s + list(b.Targets) + optional("otherwise", b.Otherwise) + optional("captured", b.Captured)
}

func list[T fmt.Stringer](items []T) string {
	parts := make([]string, len(items))
	for i, item := range items {
		parts[i] = item.String()
	}
	return "[" + strings.Join(parts, "; ") + "]"
}

func optional[T fmt.Stringer](name string, items []T) string {
	if len(items) == 0 {
		return ""
	}
	return " " + name + list(items)
}

func when(cond bool, word string) string {
	if cond {
		return " " + word
	}
	return ""
}

func (s Site) String() string {
	text := fmt.Sprintf(" @%d %q", s.Pos.Line, s.Text) + optional("held", s.Held) + optional("within", s.Within) +
		optional("dropped", s.Dropped) + optional("given", s.Given)
	if s.Left != 0 {
		text += " left " + s.Left.String()
	}
	return text
}

func (op Op) String() string {
	s := op.Kind.String()
	if op.Direction != NoDirection {
		s += " " + op.Direction.String()
	}
	if op.On.Class.Kind != NoClass {
		s += " " + op.On.String()
	}
	if op.Kind == OpAlloc || op.Kind == OpFlagsDropped {
		s += " flags " + op.Flags.String()
	}
	for _, c := range op.Cases {
		s += fmt.Sprintf(" case(%s %s)", c.Direction, c.On)
	}
	if op.Lent {
		s += " lent"
	}
	if op.Promise != nil {
		s += " promised by " + op.Promise.By + when(op.Promise.Anywhere, "anywhere") + when(op.Promise.Asked, "asked")
	}
	if op.Through != "" {
		s += " through " + op.Through
	}
	s += when(op.Bounded, "bounded") + when(op.Turn, "turn") + when(op.Kept, "kept") + when(op.Panics, "panics") + when(op.Try, "try") + when(op.Private, "private") + when(op.Shared, "shared") + when(op.Failure, "failure") + when(op.Safe, "safe")
	if op.Callee != "" {
		s += " by " + op.Callee + " (" + op.Via.String() + ")"
	}
	return s + op.Site.String()
}

func (c Call) String() string {
	s := "call"
	if c.FromParam >= 0 {
		s += fmt.Sprintf(" $%d", c.FromParam)
	}
	if len(c.Targets) > 0 {
		s += " " + list(c.Targets)
	}
	s += optional("binds", c.Binds)
	if c.Contexts != 0 {
		s += " in " + c.Contexts.String()
	}
	if c.Unresolved != "" {
		s += " unresolved " + c.Unresolved
	}
	return s + when(c.Via == Deferred, "deferred") + when(c.Safe, "safe") + when(c.Inlined, "inlined") + c.Site.String()
}

func (s Spawn) String() string {
	out := "spawn " + s.Kind.String()
	if s.FromParam >= 0 {
		out += fmt.Sprintf(" $%d", s.FromParam)
	}
	if len(s.Targets) > 0 {
		out += " " + list(s.Targets)
	}
	if s.Kind == Work {
		out += " on " + s.On.String()
	}
	out += optional("binds", s.Binds)
	if s.Contexts != 0 {
		out += " in " + s.Contexts.String()
	}
	if s.Carrier != "" {
		out += " held in " + s.Carrier
	}
	if s.Delay != nil {
		out += " after " + s.Delay.String()
	}
	return out + s.Site.String()
}

func (k Kept) String() string { return "keep " + k.Of.String() + " in " + k.In.String() }

func (m Made) String() string {
	if m.Cap < 0 {
		return "make " + m.On.String()
	}
	return fmt.Sprintf("make %s of %d", m.On, m.Cap)
}

func (l Lent) String() string {
	s := "lend " + l.On.String()
	if l.For != NoDirection {
		s += " to " + l.For.String()
	}
	return s + when(l.ToCaller, "to-caller") + when(l.Mixed, "mixed")
}

func (d *Delay) String() string {
	switch {
	case d.Known:
		return time.Duration(d.Value).String()
	case d.Field != "":
		return d.Field
	}
	return "some time"
}

// String shows what is different for a caller, "" if nothing is.
func (n Net) String() string {
	s := optional("acquired", n.Acquired) + optional("released", n.Released)
	if n.Entered != 0 {
		s += " entered " + n.Entered.String()
	}
	if n.Left != 0 {
		s += " left " + n.Left.String()
	}
	s += optional("signalled", n.Signalled) + optional("taken", n.Taken) +
		optional("settled", n.Settled) + optional("tried", n.Tried) +
		optional("published", n.Published) + optional("withheld", n.Withheld) + optional("may-signal", n.MaySignal)
	for _, u := range n.Unlocks {
		s += fmt.Sprintf(" unlocks ret%d %s", u.Result, u.On)
	}
	for _, p := range n.Handed {
		s += " handed " + p.String()
	}
	if len(n.Exposed) > 0 {
		s += fmt.Sprintf(" exposed%v", n.Exposed)
	}
	if len(n.Escaped) > 0 {
		s += fmt.Sprintf(" escaped%v", n.Escaped)
	}
	s += when(n.PassesOn, "passes-on") + when(n.NoReturn, "no-return") + when(n.Fresh, "fresh")
	for _, b := range n.Breaks {
		s += " break(" + b.Exit + optional("acquired", b.Acquired) + optional("released", b.Released) + ")"
	}
	if len(n.Flags) > 0 {
		s += " flags " + n.Flags.String()
	}
	return s
}

// String shows the summary for people and golden files, an item a line.
func (s *Summary) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", s.Func)
	line := func(text string) { fmt.Fprintf(&b, "\t%s\n", text) }
	if s.Runs != 0 {
		line(strings.TrimSpace("runs " + s.Runs.String() + " " + s.RunsVia))
	}
	if len(s.Promises) > 0 {
		line("promises " + strings.Join(s.Promises, " "))
	}
	if s.Unknown != "" {
		line("unknown: " + s.Unknown)
	}
	if len(s.Params) > 0 {
		line(fmt.Sprintf("params %v", s.Params))
	}
	for _, op := range s.Ops {
		line(op.String())
	}
	for _, op := range s.Said {
		line("said: " + op.String())
	}
	for _, c := range s.Calls {
		line(c.String())
	}
	for _, spawn := range s.Spawns {
		line(spawn.String())
	}
	if len(s.Hands) > 0 {
		line("hands " + strings.Join(s.Hands, " "))
	}
	for _, k := range s.Kept {
		line(k.String())
	}
	for _, m := range s.Made {
		line(m.String())
	}
	for _, l := range s.Lent {
		line(l.String())
	}
	if net := s.Net.String(); net != "" {
		line("net" + net)
	}
	return b.String()
}
