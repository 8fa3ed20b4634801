package explore

import (
	"cmp"
	"slices"
)

// conditions writes the objects that are left, and what is known of what can be computed again from values that are
// still there, and forgets the rest.
func (e *encoder) conditions() {
	type derivation struct {
		id   int
		text string
	}
	rest := e.telling() // what may still be found to be there
	for {
		for e.written < len(e.todo) {
			next := e.todo[e.written]
			e.written++
			e.contents(next)
		}
		var found []derivation
		for _, id := range rest {
			sym := e.s.symbols.at(id)
			if _, ok := e.symbols[id]; ok || !e.all(sym.args) {
				continue
			}
			found = append(found, derivation{id, e.derivation(sym)})
		}
		slices.SortFunc(found, func(a, b derivation) int { return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.id, b.id)) })
		for _, d := range found {
			e.symbols[d.id] = len(e.symbols)
			e.text(d.text)
			if object := e.s.symbols.at(d.id).object; object >= 0 {
				e.object(object)
			}
		}
		if len(found) == 0 {
			break
		}
	}
	e.s.symbols.keep(func(id int) bool {
		_, ok := e.symbols[id]
		return ok || e.decided[id]
	})
}

// telling returns the symbols that were computed and of which something is known, or of what is
// computed from them: that two numbers differ says nothing of their difference by itself.
func (e *encoder) telling() []int {
	asked := map[int]bool{}
	var ask func(sym *symbol)
	ask = func(sym *symbol) {
		for _, a := range sym.args {
			if u, ok := e.s.settled(a).(unknown); ok && !asked[u.id] {
				asked[u.id] = true
				if of := e.s.symbols.at(u.id); of != nil {
					ask(of)
				}
			}
		}
	}
	for _, known := range e.s.symbols {
		if known.it.op != "" && known.it.tells() {
			ask(known.it)
		}
	}
	var telling []int
	for _, known := range e.s.symbols {
		if known.it.op != "" && (known.it.tells() || asked[known.key]) {
			telling = append(telling, known.key)
		}
	}
	return telling
}

// derivation writes what is known of a symbol, apart from the rest.
func (e *encoder) derivation(sym *symbol) string {
	start, todo := len(e.out), len(e.todo)
	e.facts(sym)
	e.text(sym.op)
	for _, a := range sym.args {
		e.value(a)
	}
	if sym.is != nil {
		e.value(sym.is)
	}
	text := string(e.out[start:])
	e.out, e.todo = e.out[:start], e.todo[:todo]
	return text
}

// tells reports whether anything is known of a symbol that was not known when it was
// made.
func (sym *symbol) tells() bool {
	return sym.is != nil || sym.lo != nil || sym.hi != nil || sym.notNil || sym.object >= 0
}

// all reports whether values are still there, and one of them is not known.
func (e *encoder) all(values []value) bool {
	open := false
	for _, v := range values {
		switch v := e.s.settled(v).(type) {
		case unknown:
			if _, ok := e.symbols[v.id]; !ok {
				return false
			}
			open = true
		case literal, null:
		case pointer:
			if _, ok := e.objects[v.object]; !ok {
				return false
			}
		case table: // of one that others can get at too, it is not known how many elements there are
			if _, ok := e.objects[v.object]; !ok {
				return false
			}
			open = true
		default:
			return false
		}
	}
	return open
}
