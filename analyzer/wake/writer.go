package wake

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// writers returns the writes of a field and what wake of a wait's queue follows them.
// A write that reaches the end of several functions is as good as the worst of them.
func (t *table) writers(w *Wait, f *Field) []Writer {
	var out []Writer
	read := summary.Read{Field: f.Name, Owner: f.Owner}
	for _, end := range t.ends[f.Name] {
		if end.open && !t.closed(w.Queue) {
			continue
		}
		if !read.Of(end.write.Field, end.write.Owner) {
			continue
		}
		writer := Writer{Write: *end.write, Owes: end.write.Change&f.Makes != 0 && !(end.write.NotZero && f.untilZero())}
		if writer.Owes {
			writer.Wake = t.follows(w, f, end.write)
		}
		if writer.Missing() {
			writer.End = end.key
		}
		out = merge(out, writer)
	}
	slices.SortFunc(out, func(a, b Writer) int { return comparePos(a.Pos, b.Pos) })
	return out
}

func merge(writers []Writer, w Writer) []Writer {
	i := slices.IndexFunc(writers, func(o Writer) bool { return o.Pos == w.Pos && o.Func == w.Func })
	if i < 0 {
		return append(writers, w)
	}
	if w.Missing() && !writers[i].Missing() || w.Owes && !writers[i].Owes {
		writers[i] = w
	}
	return writers
}

// follows returns the wake after a write that has the waiters look again.
func (t *table) follows(w *Wait, f *Field, write *summary.Write) *summary.Wake {
	for i := range write.Wakes {
		wake := &write.Wakes[i]
		if wake.AtZero && !f.untilZero() {
			continue
		}
		if wake.Looks != "" {
			// Who waits here looks again itself; it speaks for no other.
			if wake.On.Class == w.Queue && wake.Looks == w.Func {
				return wake
			}
			continue
		}
		if t.reaches(wake.On.Class, w.Queue, map[string]bool{}) {
			return wake
		}
	}
	return nil
}

// reaches reports whether a wake of a queue, or the signal of a fence through the
// callbacks on it, wakes queue.
func (t *table) reaches(c, queue summary.Class, seen map[string]bool) bool {
	if c.Kind != summary.Fence {
		return c == queue
	}
	if seen[c.Name] {
		return false
	}
	seen[c.Name] = true
	for _, h := range t.hooks {
		if !t.bare(c) && !slices.ContainsFunc(h.fences, func(f summary.Class) bool { return f.Name == c.Name }) {
			continue
		}
		sum := t.Summary(h.target)
		if sum == nil {
			continue
		}
		for _, wake := range sum.Net.Woken {
			if wake.Looks == "" && t.reaches(wake.On.Class, queue, seen) {
				return true
			}
		}
	}
	return false
}
