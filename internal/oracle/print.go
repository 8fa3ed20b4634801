package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// kern is the package that annotated things come from.
const kern = "github.com/fencelint/fencelint/testdata/kern"

// Source is a program as Go source, and the line of each statement in it. The line of a
// case of a select is that of the case.
type Source struct {
	Text  string
	Lines map[*Stmt]int
}

// printer writes a program.
type printer struct {
	*Program
	text      strings.Builder
	line      int
	depth     int
	lines     map[*Stmt]int
	names     []string // what the variables of the function are called
	scope     []int    // their types
	uses      []uses   // by function
	variables bool     // of Run, and not parameters
	scan      bool     // the function is a shrinker's, and returns a number
}

// uses are the unknown values that a function needs.
type uses struct{ unknown, counts []int }

// Print prints a program as the package of a name.
func Print(p *Program, name string) Source {
	w := &printer{Program: p, line: 1, lines: make(map[*Stmt]int), uses: make([]uses, len(p.Funcs))}
	for range p.Funcs { // calls lead down, a few levels
		for i, f := range p.Funcs {
			w.uses[i] = w.needs(f.Body)
		}
	}
	for _, t := range p.Types {
		w.typed(t)
	}
	for i := range p.Shrinkers {
		w.handler(i)
	}
	for i, f := range p.Funcs {
		if !p.handles(i) {
			w.function(i, f)
		}
	}
	w.run()
	text := w.text.String()
	head := fmt.Sprintf("package %s\n\n", name)
	for _, path := range []string{"sync", kern} {
		if strings.Contains(text, path[strings.LastIndex(path, "/")+1:]+".") {
			head += fmt.Sprintf("import %q\n", path)
		}
	}
	for s := range w.lines {
		w.lines[s] += strings.Count(head, "\n")
	}
	return Source{head + text, w.lines}
}

// handles reports whether a function is a shrinker or notifier.
func (p *Program) handles(fn int) bool {
	return slices.ContainsFunc(p.Shrinkers, func(h Handler) bool { return h.Func == fn })
}

// needs returns the unknown values that statements use.
func (w *printer) needs(list []*Stmt) uses {
	var u uses
	each(list, func(s *Stmt) {
		switch s.Op {
		case If:
			u.unknown = append(u.unknown, s.N)
		case Count:
			u.counts = append(u.counts, s.N)
		case Call, Go:
			if s.Func >= 0 {
				u.unknown = append(u.unknown, w.uses[s.Func].unknown...)
				u.counts = append(u.counts, w.uses[s.Func].counts...)
			}
		}
	})
	slices.Sort(u.unknown)
	slices.Sort(u.counts)
	return uses{slices.Compact(u.unknown), slices.Compact(u.counts)}
}

// used returns which variables of Run anything is done with.
func (p *Program) used() map[int]bool {
	used := make(map[int]bool)
	each(p.Body, func(s *Stmt) {
		if refers(s) {
			used[s.On.Base] = true
		}
		for _, a := range s.Args {
			used[a] = true
		}
	})
	for _, h := range p.Shrinkers {
		for _, a := range h.Args {
			used[a] = true
		}
	}
	return used
}

func (w *printer) put(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if text != "" {
		w.text.WriteString(strings.Repeat("\t", w.depth))
	}
	w.text.WriteString(text)
	w.text.WriteByte('\n')
	w.line++
}

var typeNames = [...]string{
	Mutex: "sync.Mutex", RWMutex: "sync.RWMutex", Chan: "chan int", Group: "sync.WaitGroup", Cond: "*sync.Cond", Flag: "bool",
	Fence: "kern.Fence", Slots: "kern.Slots", Spin: "kern.Spin", Ordered: "kern.WorkQueue", Unordered: "kern.WorkQueue",
}

func (w *printer) typed(t Type) {
	if t.Name == "" || len(t.Fields) == 0 {
		return
	}
	w.put("")
	w.put("type %s struct {", t.Name)
	w.depth++
	for _, f := range t.Fields {
		if f.Kind == Ordered {
			w.put("//fencelint:workqueue ordered")
		}
		w.put("%s %s", f.Name, typeNames[f.Kind])
	}
	w.depth--
	w.put("}")
}

// parameter returns the type of a parameter.
func (w *printer) parameter(t int) string {
	switch typ := w.Types[t]; {
	case typ.Name != "":
		return "*" + typ.Name
	case typ.Fields[0].Kind == Chan:
		return "chan int"
	default:
		return "*" + typeNames[typ.Fields[0].Kind]
	}
}

// values returns how unknown values are called, with their type where it is wanted.
func (u uses) values(typed bool) []string {
	var out []string
	for _, n := range u.unknown {
		out = append(out, name("c", n, "bool", typed))
	}
	for _, n := range u.counts {
		out = append(out, name("k", n, "int", typed))
	}
	return out
}

func name(prefix string, n int, typ string, typed bool) string {
	if typed {
		return fmt.Sprintf("%s%d %s", prefix, n, typ)
	}
	return fmt.Sprintf("%s%d", prefix, n)
}

func (w *printer) function(i int, f *Func) {
	w.names, w.scope = nil, f.Params
	var params []string
	for j, t := range f.Params {
		w.names = append(w.names, fmt.Sprintf("p%d", j))
		params = append(params, w.names[j]+" "+w.parameter(t))
	}
	receiver := ""
	if f.Method {
		receiver, params = "("+params[0]+") ", params[1:]
	}
	params = append(params, w.uses[i].values(true)...)
	w.put("")
	w.put("func %s%s(%s) {", receiver, f.Name, strings.Join(params, ", "))
	w.block(f.Body)
	w.put("}")
}

func (w *printer) handler(i int) {
	h := w.Shrinkers[i]
	f := w.Funcs[h.Func]
	w.names, w.scope = nil, f.Params
	w.put("")
	w.put("type handler%d struct {", i)
	w.depth++
	for j, t := range f.Params {
		w.names = append(w.names, fmt.Sprintf("h.p%d", j))
		w.put("p%d %s", j, w.parameter(t))
	}
	for _, v := range w.uses[h.Func].values(true) {
		w.put("%s", v)
	}
	w.depth--
	w.put("}")
	w.put("")
	if h.Notifier {
		w.put("func (h *handler%d) Invalidate(_, _ uint64) {", i)
		w.block(f.Body)
	} else {
		w.put("func (h *handler%d) Scan(n int) int {", i)
		w.scan = true
		w.block(f.Body)
		w.scan = false
		w.depth++
		w.put("return n")
		w.depth--
	}
	w.put("}")
}

func (w *printer) run() {
	w.names, w.scope, w.variables = nil, w.Program.scope(), true
	all := uses{}
	for i := range w.Unknown {
		all.unknown = append(all.unknown, i)
	}
	for i := range w.Counts {
		all.counts = append(all.counts, i)
	}
	w.put("")
	w.put("// Run makes everything and starts everybody.")
	w.put("func Run(%s) {", strings.Join(all.values(true), ", "))
	w.depth++
	used := w.used()
	for i, o := range w.Objects {
		w.names = append(w.names, o.Name)
		if used[i] {
			w.object(o)
		}
	}
	for i, h := range w.Shrinkers {
		var args []string
		for _, a := range h.Args {
			args = append(args, w.argument(a))
		}
		args = append(args, w.uses[h.Func].values(false)...)
		register := "Register"
		if h.Notifier {
			register = "Watch"
		}
		w.put("kern.%s(&handler%d{%s})", register, i, strings.Join(args, ", "))
	}
	w.depth--
	w.block(w.Body)
	w.put("}")
}

func (w *printer) object(o Object) {
	t := w.Types[o.Type]
	if t.Name == "" {
		switch f := t.Fields[0]; f.Kind {
		case Chan:
			w.put("%s := %s", o.Name, made(f))
		default:
			w.put("var %s %s", o.Name, typeNames[f.Kind])
		}
		return
	}
	var values []string
	for _, f := range t.Fields {
		if f.Kind == Chan {
			values = append(values, f.Name+": "+made(f))
		}
	}
	w.put("%s := &%s{%s}", o.Name, t.Name, strings.Join(values, ", "))
	for _, f := range t.Fields {
		if f.Kind == Cond {
			w.put("%s.%s = sync.NewCond(&%s.%s)", o.Name, f.Name, o.Name, t.Fields[f.Lock].Name)
		}
	}
}

func made(f Field) string {
	if f.Size == 0 {
		return "make(chan int)"
	}
	return fmt.Sprintf("make(chan int, %d)", f.Size)
}

// argument returns a variable as it is handed on.
func (w *printer) argument(v int) string {
	t := w.Types[w.scope[v]]
	if t.Name == "" && t.Fields[0].Kind != Chan && w.variables {
		return "&" + w.names[v]
	}
	return w.names[v]
}

func (w *printer) ref(r Ref) string {
	t := w.Types[w.scope[r.Base]]
	if t.Name == "" {
		return w.names[r.Base]
	}
	return w.names[r.Base] + "." + t.Fields[r.Field].Name
}

// address returns what is at a reference as a pointer.
func (w *printer) address(r Ref) string {
	if w.Types[w.scope[r.Base]].Name == "" {
		return w.argument(r.Base)
	}
	return "&" + w.ref(r)
}
