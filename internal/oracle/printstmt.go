package oracle

import (
	"fmt"
	"strings"
)

func (w *printer) block(list []*Stmt) {
	w.depth++
	for _, s := range list {
		w.stmt(s)
	}
	w.depth--
}

// methods are the statements that call a method of what they are about.
var methods = map[Op]string{
	Lock: "Lock()", Unlock: "Unlock()", RLock: "RLock()", RUnlock: "RUnlock()",
	Done: "Done()", Wait: "Wait()", Signal: "Signal()", Broadcast: "Broadcast()",
	FenceWait: "Wait()", FenceSignal: "Signal(nil)", Get: "Get()", Put: "Put()", Flush: "Flush()",
}

// simple returns the text of a statement on one line, "" if it has more.
func (w *printer) simple(s *Stmt) string {
	if m, ok := methods[s.Op]; ok {
		return w.ref(s.On) + "." + m
	}
	switch s.Op {
	case Send:
		return w.ref(s.On) + " <- 1"
	case Receive:
		return "<-" + w.ref(s.On)
	case Close:
		return "close(" + w.ref(s.On) + ")"
	case Add:
		return fmt.Sprintf("%s.Add(%d)", w.ref(s.On), s.N)
	case Publish:
		return "kern.Publish(" + w.address(s.On) + ")"
	case Take:
		return "kern.Take(" + w.address(s.On) + ")"
	case Alloc:
		return "kern.Alloc(1, kern." + flags[s.N] + ")"
	case Sleep:
		return "kern.Sleep(1)"
	case Return:
		return "return"
	case SetFlag:
		return w.flag(s.On) + " = true"
	case Defer:
		return "defer " + w.simple(s.Body[0])
	case Call:
		return w.call(s)
	}
	return ""
}

// flag returns the variable that a Cond is about.
func (w *printer) flag(r Ref) string {
	return w.ref(Ref{r.Base, w.field(w.scope, r).Lock + 1})
}

func (w *printer) call(s *Stmt) string {
	f := w.Funcs[s.Func]
	var args []string
	for _, a := range s.Args {
		args = append(args, w.argument(a))
	}
	name := f.Name
	if f.Method {
		name, args = args[0]+"."+name, args[1:]
	}
	args = append(args, w.uses[s.Func].values(false)...)
	return fmt.Sprintf("%s(%s)", name, strings.Join(args, ", "))
}

func (w *printer) stmt(s *Stmt) {
	w.lines[s] = w.line
	if text := w.simple(s); text != "" {
		if s.Op == Return && w.scan {
			text = "return n"
		}
		if s.Op == Defer {
			w.lines[s.Body[0]] = w.line
		}
		w.put("%s", text)
		return
	}
	switch s.Op {
	case TryLock:
		w.nested("if "+w.ref(s.On)+".TryLock() {", s.Body)
		w.depth++
		w.put("%s.Unlock()", w.ref(s.On))
		w.depth--
		w.put("}")
	case Range:
		w.closed("for range "+w.ref(s.On)+" {", s.Body)
	case Select:
		w.put("select {")
		for _, c := range s.Body {
			w.lines[c] = w.line
			w.nested("case "+w.simple(c)+":", c.Body)
		}
		if s.N == 1 {
			w.nested("default:", s.Else)
		}
		w.put("}")
	case WaitFlag:
		if s.N == 1 {
			w.put("%s.Wait()", w.ref(s.On))
			return
		}
		w.put("for !%s {", w.flag(s.On))
		w.depth++
		w.lines[s] = w.line
		w.put("%s.Wait()", w.ref(s.On))
		w.depth--
		w.put("}")
	case Push:
		w.nested(w.ref(s.On)+".Push(func() {", s.Body)
		w.put("})")
	case Scope:
		w.put("kern.%s()", scopes[s.N].begin)
		for _, b := range s.Body {
			w.stmt(b)
		}
		w.put("kern.%s()", scopes[s.N].end)
	case If:
		w.nested(fmt.Sprintf("if c%d {", s.N), s.Body)
		if len(s.Else) > 0 {
			w.nested("} else {", s.Else)
		}
		w.put("}")
	case Loop:
		w.closed(fmt.Sprintf("for range %d {", s.N), s.Body)
	case Count:
		w.closed(fmt.Sprintf("for range k%d {", s.N), s.Body)
	case Forever:
		w.closed("for {", s.Body)
	case Go:
		if s.Func >= 0 {
			w.put("go %s", w.call(s))
			return
		}
		w.nested("go func() {", s.Body)
		w.put("}()")
	case GroupGo:
		w.nested(w.ref(s.On)+".Go(func() {", s.Body)
		w.put("})")
	}
}

func (w *printer) nested(head string, body []*Stmt) {
	w.put("%s", head)
	w.block(body)
}

func (w *printer) closed(head string, body []*Stmt) {
	w.nested(head, body)
	w.put("}")
}
