package model

import (
	"fmt"
	"strings"
)

// String writes the place as a directive names it, by position: "recv.q", "arg0".
func (p Place) String() string {
	var s string
	switch p.Base {
	case Recv:
		s = "recv"
	case Param:
		s = fmt.Sprintf("arg%d", p.Index)
	case Result:
		s = fmt.Sprintf("ret%d", p.Index)
	default:
		return ""
	}
	if p.Path != "" {
		s += "." + p.Path
	}
	return s
}

var effectNames = [...]string{
	"waits", "wakes", "signals", "publishes", "takes", "acquires", "releases", "allocates", "sleeps", "blocks",
	"enters", "leaves", "calls", "queues", "flushes",
}

// String returns the directive word of the effect.
func (k EffectKind) String() string {
	if int(k) >= len(effectNames) {
		return "unknown"
	}
	return effectNames[k]
}

// String writes the effect as a directive: "waits arg0 until arg1".
func (e Effect) String() string {
	words := []string{e.Kind.String()}
	add := func(preposition string, object string) {
		if object != "" {
			words = append(words, strings.TrimSpace(preposition+" "+object))
		}
	}
	add("", e.X.String())
	add("", e.Flags.String())
	if e.Kind == Enters || e.Kind == Leaves {
		add("", e.Contexts.String())
	} else {
		add("in", e.Contexts.String())
	}
	add("until", e.Until.String())
	add("on", e.On.String())
	for _, option := range []struct {
		name string
		set  bool
	}{{"bounded", e.Bounded}, {"shared", e.Shared}, {"try", e.Try}, {"async", e.Async}} {
		if option.set {
			words = append(words, option.name)
		}
	}
	return strings.Join(words, " ")
}

// String writes the contract as a line of a model file.
func (c *Contract) String() string {
	var clauses []string
	if c.Runs != 0 {
		clauses = append(clauses, "runs "+c.Runs.String())
	}
	for _, e := range c.Effects {
		clauses = append(clauses, e.String())
	}
	if c.Trusted != "" {
		clauses = append(clauses, "trusted -- "+c.Trusted)
	}
	return c.Name + "  " + strings.Join(clauses, "; ")
}

// Kind returns the directive word for what t is, "" if nothing was said.
func (t *Type) Kind() string {
	switch {
	case t.Fence:
		return "fence"
	case t.Lock:
		return "lock"
	case t.Pool:
		return "pool"
	case t.WaitQueue:
		return "waitqueue"
	case t.WorkQueue:
		return "workqueue"
	case t.WaitGroup:
		return "waitgroup"
	case t.Cond:
		return "cond"
	case t.GFP != nil:
		return "gfp"
	}
	return ""
}

// String writes the type as a line of a model file.
func (t *Type) String() string {
	words := []string{"type", t.Name, "", t.Kind()}
	if t.Spin {
		words = append(words, "spin")
	}
	var over []string
	if t.Over.Fence {
		over = append(over, "fence")
	}
	if t.Over.Reclaim {
		over = append(over, "reclaim")
	}
	if len(over) > 0 {
		words = append(words, "over="+strings.Join(over, ","))
	}
	if t.Ordered {
		words = append(words, "ordered")
	}
	if t.Rescuer {
		words = append(words, "rescuer")
	}
	if t.GFP != nil {
		for _, bit := range []struct {
			name  string
			value uint64
			named string
		}{
			{"reclaim", t.GFP.Reclaim, t.GFP.Named.Reclaim},
			{"io", t.GFP.IO, t.GFP.Named.IO},
			{"fs", t.GFP.FS, t.GFP.Named.FS},
		} {
			switch {
			case bit.named != "":
				words = append(words, bit.name+"="+bit.named)
			case bit.value != 0:
				words = append(words, fmt.Sprintf("%s=%#x", bit.name, bit.value))
			}
		}
	}
	return strings.Join(words, " ")
}
