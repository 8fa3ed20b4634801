package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/analyzer/wake"
)

// Wakes writes who wakes whom: each wait for a predicate, the fields that the
// predicate reads, who writes them, and the wake that follows or MISSING. Name turns
// the key of a function into what a reader calls it.
func Wakes(w io.Writer, waits []wake.Wait, name func(key string) string, opts Options) error {
	var b strings.Builder
	missing := 0
	for _, wait := range waits {
		fmt.Fprintf(&b, "%s waits on %s  %s\n", name(wait.Func), model.WithoutPath(wait.Queue.Name), at(&opts, wait.Pos))
		if wait.Spin.Line > 0 {
			fmt.Fprintf(&b, "  SPINS: comes back by the branch at %s with nothing changed\n", at(&opts, wait.Spin))
		}
		var unwritten []string
		for _, f := range wait.Fields {
			if len(f.Writers) == 0 {
				unwritten = append(unwritten, model.WithoutPath(f.Name))
				continue
			}
			fmt.Fprintf(&b, "  %s%s\n", described(&f), shared(&wait, &f))
			for i := range f.Writers {
				writer := &f.Writers[i]
				if writer.Missing() {
					missing++
				}
				fmt.Fprintf(&b, "    %s  %s  %s\n", name(writer.Func), at(&opts, writer.Pos), verdict(writer, name, opts))
			}
		}
		if len(unwritten) > 0 {
			fmt.Fprintf(&b, "  nobody in sight writes %s\n", strings.Join(slices.Compact(unwritten), ", "))
		}
	}
	fmt.Fprintf(&b, "%s for a predicate, %d wakes missing\n", plural(len(waits), "wait"), missing)
	_, err := io.WriteString(w, b.String())
	return err
}

// described names a field, after the field that its struct is the value of.
func described(f *wake.Field) string {
	if f.Owner == "" {
		return model.WithoutPath(f.Name)
	}
	return model.WithoutPath(f.Owner) + f.Name[strings.LastIndexByte(f.Name, '.'):]
}

// shared says whether a field is state of the waiter's own object or of others too.
func shared(w *wake.Wait, f *wake.Field) string {
	if f.Own(w) {
		return ""
	}
	return " (shared state)"
}

func verdict(w *wake.Writer, name func(string) string, opts Options) string {
	switch {
	case !w.Owes:
		return "can only make it false"
	case w.Wake == nil:
		return "MISSING at the end of " + name(w.End)
	case w.Wake.Looks != "":
		return "looks again itself: " + w.Wake.Text
	case w.Wake.On.Class.Kind == summary.Fence:
		return "woken through the callback on " + model.WithoutPath(w.Wake.On.Class.Name) + ": " + w.Wake.Text + " " + at(&opts, w.Wake.Pos)
	}
	return "woken: " + w.Wake.Text + " " + at(&opts, w.Wake.Pos)
}

func at(o *Options, p model.Pos) string { return o.file(p.File) + ":" + strconv.Itoa(p.Line) }
