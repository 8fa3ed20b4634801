package clause

import (
	"errors"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/spell"
)

// Bits finds the value of a constant of an allocation-flags type.
type Bits func(name string) (uint64, error)

// ErrLater is what Bits returns for a constant that is to be looked up later, when the
// package of the type is there.
var ErrLater = errors.New("not known yet")

// TypeWords returns the words that describe a type, field or variable.
func TypeWords() []string {
	return []string{"fence", "lock", "pool", "waitqueue", "workqueue", "gfp"}
}

// PrimitiveWords returns the words for types that only the standard library needs:
// a counter that is waited for until it is zero, and a condition whose wait releases
// a lock. They stand in model files alone.
func PrimitiveWords() []string { return []string{"waitgroup", "cond"} }

// IsType reports whether the clause has a word that describes a type.
func (c Clause) IsType() bool { return slices.Contains(TypeWords(), c.Word.Text) }

// AddType adds what the clause says of a type to t. On error t is as before.
func (c Clause) AddType(t *model.Type, bits Bits) *Error {
	next := *t
	if kind := t.Kind(); kind != "" {
		if kind == c.Word.Text {
			return c.errorf(c.Word, "%s is said twice", kind)
		}
		return c.errorf(c.Word, "%s and %s contradict each other: a type is one kind of thing", kind, c.Word.Text)
	}
	var err *Error
	switch c.Word.Text {
	case "fence":
		next.Fence, err = true, c.options(nil)
	case "pool":
		next.Pool, err = true, c.options(nil)
	case "waitqueue":
		next.WaitQueue, err = true, c.options(nil)
	case "waitgroup":
		next.WaitGroup, err = true, c.options(nil)
	case "cond":
		next.Cond, err = true, c.options(nil)
	case "workqueue":
		next.WorkQueue = true
		err = c.options(map[string]func(Token) *Error{
			"ordered": flag(&next.Ordered),
			"rescuer": flag(&next.Rescuer),
		})
	case "lock":
		next.Lock = true
		err = c.options(map[string]func(Token) *Error{
			"spin":  flag(&next.Spin),
			"over=": func(tok Token) *Error { return c.over(&next.Over, tok) },
		})
	case "gfp":
		next.GFP, err = c.gfp(bits)
	default:
		err = c.errorf(c.Word, "unknown directive %q%s", c.Word.Text, spell.DidYouMean(c.Word.Text, append(TypeWords(), PrimitiveWords()...)))
	}
	if err == nil {
		*t = next
	}
	return err
}

func flag(set *bool) func(Token) *Error {
	return func(Token) *Error {
		*set = true
		return nil
	}
}

// options applies each argument by its name; a name that ends in "=" has a value.
func (c Clause) options(known map[string]func(Token) *Error) *Error {
	var names, seen []string
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, tok := range c.Args {
		name := tok.Text
		if key, _, ok := strings.Cut(name, "="); ok {
			name = key + "="
		}
		apply, ok := known[name]
		if !ok {
			return c.unexpected(Token{name, tok.Offset}, names)
		}
		if slices.Contains(seen, name) {
			return c.errorf(tok, "%s: %q is said twice", c.Word.Text, name)
		}
		seen = append(seen, name)
		if err := apply(tok); err != nil {
			return err
		}
	}
	return nil
}

func (c Clause) over(over *model.Over, tok Token) *Error {
	_, list, _ := strings.Cut(tok.Text, "=")
	for what := range strings.SplitSeq(list, ",") {
		switch what {
		case "fence":
			over.Fence = true
		case "reclaim":
			over.Reclaim = true
		default:
			return c.errorf(tok, "lock: %q cannot be held over: over= takes fence, reclaim or both, separated by a comma%s",
				what, spell.DidYouMean(what, []string{"fence", "reclaim"}))
		}
	}
	return nil
}

func (c Clause) gfp(bits Bits) (*model.GFP, *Error) {
	gfp := new(model.GFP)
	value := func(set *uint64, named *string) func(Token) *Error {
		return func(tok Token) *Error {
			_, name, _ := strings.Cut(tok.Text, "=")
			v, err := bits(name)
			switch {
			case errors.Is(err, ErrLater):
				*named = name
			case err != nil:
				return c.errorf(tok, "gfp: %v", err)
			case v == 0:
				return c.errorf(tok, "gfp: %s is 0, which is no bit", name)
			}
			*set = v
			return nil
		}
	}
	err := c.options(map[string]func(Token) *Error{
		"reclaim=": value(&gfp.Reclaim, &gfp.Named.Reclaim),
		"io=":      value(&gfp.IO, &gfp.Named.IO),
		"fs=":      value(&gfp.FS, &gfp.Named.FS),
	})
	if err == nil && gfp.Reclaim == 0 && gfp.Named.Reclaim == "" {
		err = c.errorf(c.Word, "gfp needs reclaim=A, the bit that allows direct reclaim")
	}
	return gfp, err
}
