package explore

import (
	"bytes"
	"cmp"
	"slices"
)

// derivation is what is known of a symbol, by where its text is in those of an encoder.
type derivation struct{ id, from, to int }

// conditions writes the objects that are left, and what is known of what can be computed again from values that are
// still there, and forgets the rest.
func (e *encoder) conditions() {
	rest := e.telling() // what may still be found to be there
	found := e.found
	for {
		for e.written < len(e.objects.order) {
			next := e.objects.order[e.written]
			e.written++
			e.contents(next)
		}
		found, e.texts = found[:0], e.texts[:0]
		for _, id := range rest {
			sym := e.s.symbols.at(id)
			if e.symbols.has(id) || !e.all(sym.args) {
				continue
			}
			from := len(e.texts)
			e.derivation(sym)
			found = append(found, derivation{id, from, len(e.texts)})
		}
		slices.SortFunc(found, func(a, b derivation) int {
			return cmp.Or(bytes.Compare(e.texts[a.from:a.to], e.texts[b.from:b.to]), cmp.Compare(a.id, b.id))
		})
		e.number(len(found))
		for _, d := range found {
			e.symbols.add(d.id)
			e.out = append(e.out, e.texts[d.from:d.to]...)
			object := e.s.symbols.at(d.id).object
			e.flag(object >= 0)
			if object >= 0 {
				e.object(object)
			}
		}
		if len(found) == 0 {
			break
		}
	}
	e.found = found
	e.s.symbols.keep(func(id int) bool { return e.symbols.has(id) || e.decided.has(id) })
}

// telling returns the symbols that were computed and of which something is known, or of what is
// computed from them: that two numbers differ says nothing of their difference by itself.
func (e *encoder) telling() []int {
	e.asked.clear()
	var ask func(sym *symbol)
	ask = func(sym *symbol) {
		for _, a := range sym.args {
			if u, ok := e.s.settled(a).(unknown); ok && !e.asked.has(u.id) {
				e.asked.add(u.id)
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
	e.rest = e.rest[:0]
	for _, known := range e.s.symbols {
		if known.it.op != "" && (known.it.tells() || e.asked.has(known.key)) {
			e.rest = append(e.rest, known.key)
		}
	}
	return e.rest
}

// derivation writes what is known of a symbol to texts. All that it was computed from is there
// already.
func (e *encoder) derivation(sym *symbol) {
	start := len(e.out)
	e.facts(sym)
	e.text(sym.op)
	e.values(sym.args)
	e.flag(sym.is != nil)
	if sym.is != nil {
		e.value(sym.is)
	}
	e.texts = append(e.texts, e.out[start:]...)
	e.out = e.out[:start]
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
			if !e.symbols.has(v.id) {
				return false
			}
			open = true
		case literal, null:
		case pointer:
			if !e.objects.has(v.object) {
				return false
			}
		case table: // of one that others can get at too, it is not known how many elements there are
			if !e.objects.has(v.object) {
				return false
			}
			open = true
		default:
			return false
		}
	}
	return open
}
