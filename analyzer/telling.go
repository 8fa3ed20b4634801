package analyzer

import (
	"reflect"
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// telling returns, by key, the summaries of functions that have something to say to
// other packages, and leaves out of them the calls of functions that have not.
func telling(own map[string]*summary.Summary, keys []string) []*summary.Summary {
	says := make(map[string]bool)
	for grown := true; grown; {
		grown = false
		for _, key := range keys {
			if s := own[key]; !says[key] && (speaks(s) || slices.ContainsFunc(s.Calls, func(c summary.Call) bool {
				return matters(&c, own, says)
			})) {
				says[key] = true
				grown = true
			}
		}
	}
	var out []*summary.Summary
	for _, key := range keys {
		if !says[key] {
			continue
		}
		short := *own[key]
		short.Calls = slices.DeleteFunc(slices.Clone(short.Calls), func(c summary.Call) bool {
			return !matters(&c, own, says)
		})
		out = append(out, &short)
	}
	return out
}

// speaks reports whether s has something to say by itself.
func speaks(s *summary.Summary) bool {
	return s.Unknown != "" || s.Runs != 0 || len(s.Ops) > 0 || len(s.Spawns) > 0 || len(s.Params) > 0 || len(s.Said) > 0 || len(s.Hands) > 0 ||
		!reflect.ValueOf(s.Net).IsZero()
}

// matters reports whether following c may lead to something: to a function that
// speaks, or out of this package.
func matters(c *summary.Call, own map[string]*summary.Summary, says map[string]bool) bool {
	if c.FromParam >= 0 || c.Unresolved != "" {
		return true
	}
	for _, b := range c.Binds {
		if len(b.Targets)+len(b.Otherwise) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(c.Targets, func(t summary.Target) bool {
		_, here := own[t.Func]
		return !here && !standard(packageOf(t.Func)) || says[t.Func]
	})
}
