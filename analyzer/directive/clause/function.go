package clause

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/spell"
)

// Resolver finds what a name in a clause means: a receiver, parameter or result,
// with a field path.
type Resolver func(name string) (model.Place, error)

// shape is how the clause of an effect is written after its word.
type shape struct {
	kind     model.EffectKind
	object   string   // what X is, "" if there is none
	optional bool     // X may be left out
	contexts bool     // X is a list of contexts
	options  []string // words that may follow
	with     []string // prepositions that may follow, each with an object
	needs    string   // the preposition that must
}

func shapeOf(word string) (shape, bool) {
	switch word {
	case "waits":
		return shape{kind: model.Waits, object: "the fence or wait queue it waits for", options: []string{"bounded"}, with: []string{"until"}}, true
	case "wakes":
		return shape{kind: model.Wakes, object: "the wait queue it wakes"}, true
	case "signals":
		return shape{kind: model.Signals, object: "the fence it signals"}, true
	case "publishes":
		return shape{kind: model.Publishes, object: "the fence it publishes"}, true
	case "takes":
		return shape{kind: model.Takes, object: "the fence it takes over"}, true
	case "acquires":
		return shape{kind: model.Acquires, object: "the lock or pool it acquires", options: []string{"shared", "try"}}, true
	case "releases":
		return shape{kind: model.Releases, object: "the lock or pool it releases"}, true
	case "allocates":
		return shape{kind: model.Allocates, object: "its flags", optional: true}, true
	case "sleeps":
		return shape{kind: model.Sleeps, options: []string{"bounded"}}, true
	case "blocks":
		return shape{kind: model.Blocks}, true
	case "enters":
		return shape{kind: model.Enters, contexts: true}, true
	case "leaves":
		return shape{kind: model.Leaves, contexts: true}, true
	case "calls":
		return shape{kind: model.Calls, object: "the function parameter it calls", options: []string{"async"}, with: []string{"in"}}, true
	case "queues":
		return shape{kind: model.Queues, object: "the function parameter it queues", with: []string{"on"}, needs: "on"}, true
	case "flushes":
		return shape{kind: model.Flushes, object: "the work queue it flushes"}, true
	case "counts": // for the standard library alone: FuncWords leaves it out
		return shape{kind: model.Counts, object: "the wait group that has one more to wait for"}, true
	}
	return shape{}, false
}

// FuncWords returns the words that describe a function.
func FuncWords() []string {
	return []string{"waits", "wakes", "signals", "publishes", "takes", "acquires", "releases", "allocates",
		"sleeps", "blocks", "runs", "enters", "leaves", "calls", "queues", "flushes", "trusted"}
}

// IsFunc reports whether the clause has a word that describes a function.
func (c Clause) IsFunc() bool { return slices.Contains(FuncWords(), c.Word.Text) }

// AddFunc adds what the clause says of a function to contract. On error the contract
// is as before.
func (c Clause) AddFunc(contract *model.Contract, resolve Resolver, pos model.Pos) *Error {
	switch c.Word.Text {
	case "runs":
		return c.addRuns(contract)
	case "trusted":
		return c.addTrusted(contract)
	}
	s, ok := shapeOf(c.Word.Text)
	if !ok {
		return c.errorf(c.Word, "unknown directive %q%s", c.Word.Text, spell.DidYouMean(c.Word.Text, FuncWords()))
	}
	e := model.Effect{Kind: s.kind, X: model.NoPlace, Until: model.NoPlace, On: model.NoPlace, Flags: model.NoPlace, Pos: pos}
	p := &parser{Clause: c, shape: s, resolve: resolve, effect: &e}
	if err := p.parse(); err != nil {
		return err
	}
	if err := c.contradicts(contract, e); err != nil {
		return err
	}
	contract.Effects = append(contract.Effects, e)
	return nil
}

func (c Clause) addRuns(contract *model.Contract) *Error {
	if len(c.Args) == 0 {
		return c.errorf(c.Word, "runs needs a context: one of %s", contextList())
	}
	contexts, err := c.contexts(c.Args[0])
	if err != nil {
		return err
	}
	if len(c.Args) > 1 {
		return c.unexpected(c.Args[1], nil)
	}
	if all := contract.Runs | contexts; all.Has(model.Signalling | model.Opportunistic) {
		return c.errorf(c.Args[0], "runs: signalling and opportunistic contradict each other: what is opportunistic guarantees no signal")
	}
	if contract.Runs&contexts != 0 {
		return c.errorf(c.Word, "runs %s is said twice", contract.Runs&contexts)
	}
	contract.Runs |= contexts
	return nil
}

func (c Clause) addTrusted(contract *model.Contract) *Error {
	if len(c.Args) > 0 {
		return c.errorf(c.Args[0], "trusted takes a reason only: trusted -- REASON")
	}
	if c.Reason == "" {
		return c.errorf(c.Word, "trusted needs a reason: trusted -- REASON")
	}
	if contract.Trusted != "" {
		return c.errorf(c.Word, "trusted is said twice")
	}
	contract.Trusted = c.Reason
	return nil
}

// parser reads the arguments of one effect.
type parser struct {
	Clause
	shape   shape
	resolve Resolver
	effect  *model.Effect
	seen    []string // options and prepositions so far
}

func (p *parser) parse() *Error {
	rest := p.Args
	switch {
	case p.shape.contexts:
		if len(rest) == 0 {
			return p.errorf(p.Word, "%s needs a context: one of %s", p.Word.Text, contextList())
		}
		contexts, err := p.contexts(rest[0])
		if err != nil {
			return err
		}
		p.effect.Contexts, rest = contexts, rest[1:]
	case p.shape.object != "" && len(rest) > 0:
		place, err := p.place(rest[0])
		if err != nil {
			return err
		}
		if p.shape.kind == model.Allocates {
			p.effect.Flags = place
		} else {
			p.effect.X = place
		}
		rest = rest[1:]
	case p.shape.object != "" && !p.shape.optional:
		return p.errorf(p.Word, "%s needs %s", p.Word.Text, p.shape.object)
	}
	for len(rest) > 0 {
		tok := rest[0]
		if slices.Contains(p.seen, tok.Text) {
			return p.errorf(tok, "%s: %q is said twice", p.Word.Text, tok.Text)
		}
		p.seen = append(p.seen, tok.Text)
		switch {
		case slices.Contains(p.shape.options, tok.Text):
			p.option(tok.Text)
			rest = rest[1:]
		case slices.Contains(p.shape.with, tok.Text):
			if len(rest) == 1 {
				return p.errorf(tok, "%s: %q needs %s after it", p.Word.Text, tok.Text, objectOf(tok.Text))
			}
			if err := p.preposition(tok.Text, rest[1]); err != nil {
				return err
			}
			rest = rest[2:]
		default:
			return p.unexpected(tok, append(slices.Clone(p.shape.options), p.shape.with...))
		}
	}
	if need := p.shape.needs; need != "" && !slices.Contains(p.seen, need) {
		return p.errorf(p.Word, "%s needs %q and %s", p.Word.Text, need, objectOf(need))
	}
	return nil
}

func (p *parser) option(name string) {
	switch name {
	case "bounded":
		p.effect.Bounded = true
	case "shared":
		p.effect.Shared = true
	case "try":
		p.effect.Try = true
	case "async":
		p.effect.Async = true
	}
}

func (p *parser) preposition(name string, arg Token) (err *Error) {
	switch name {
	case "in":
		p.effect.Contexts, err = p.contexts(arg)
	case "until":
		p.effect.Until, err = p.place(arg)
	case "on":
		p.effect.On, err = p.place(arg)
	}
	return err
}

func objectOf(preposition string) string {
	switch preposition {
	case "in":
		return "a context"
	case "until":
		return "the predicate parameter"
	default:
		return "a work queue"
	}
}

func (p *parser) place(tok Token) (model.Place, *Error) {
	place, err := p.resolve(tok.Text)
	if err != nil {
		return model.NoPlace, p.errorf(tok, "%s: %v", p.Word.Text, err)
	}
	return place, nil
}

func (c Clause) contexts(tok Token) (model.Context, *Error) {
	var contexts model.Context
	for name := range strings.SplitSeq(tok.Text, ",") {
		if name == "" {
			return 0, c.errorf(tok, "%s: contexts are separated by single commas without blanks: %q", c.Word.Text, tok.Text)
		}
		context, ok := model.ParseContext(name)
		if !ok {
			if guess := spell.DidYouMean(name, model.ContextNames()); guess != "" {
				return 0, c.errorf(tok, "%s: %q is no context%s", c.Word.Text, name, guess)
			}
			return 0, c.errorf(tok, "%s: %q is no context: use %s", c.Word.Text, name, contextList())
		}
		contexts |= context
	}
	return contexts, nil
}

func contextList() string { return strings.Join(model.ContextNames(), ", ") }

func (c Clause) unexpected(tok Token, allowed []string) *Error {
	if guess := spell.DidYouMean(tok.Text, allowed); guess != "" {
		return c.errorf(tok, "%s: unexpected %q%s", c.Word.Text, tok.Text, guess)
	}
	if len(allowed) > 0 {
		return c.errorf(tok, "%s: unexpected %q; only %s can stand here", c.Word.Text, tok.Text, quoted(allowed))
	}
	return c.errorf(tok, "%s: unexpected %q; nothing more can stand here", c.Word.Text, tok.Text)
}

func quoted(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(" or ")
		}
		fmt.Fprintf(&b, "%q", w)
	}
	return b.String()
}

func (c Clause) errorf(at Token, format string, args ...any) *Error {
	return &Error{at.Offset, fmt.Sprintf(format, args...)}
}
