// Package wording holds the words of a pass against what they are to say.
package wording

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/passes/internal/phrase"
)

// Hold holds the words that a pass has for each of its rules against the messages that
// occurrences are to have. Every rule must have an occurrence.
func Hold(t *testing.T, words map[string]phrase.Words, rules []string, messages map[string]judge.Occurrence) {
	t.Helper()
	spoken := make(map[string]bool)
	for want, o := range messages {
		t.Run(o.Rule, func(t *testing.T) {
			w := words[o.Rule]
			if got := w.Message(&o); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if w.Help(&o) == "" {
				t.Errorf("no help for: %s", want)
			}
		})
		spoken[o.Rule] = true
	}
	for _, rule := range rules {
		if !spoken[rule] {
			t.Errorf("%s is not tested", rule)
		}
	}
	if len(words) != len(rules) {
		t.Errorf("there are words for %d rules, and %d rules", len(words), len(rules))
	}
}
