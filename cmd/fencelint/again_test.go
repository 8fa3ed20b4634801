package main

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
)

func TestAgain(t *testing.T) {
	tests := map[string]struct {
		settings settings
		level    finding.Level
		want     string
	}{
		"plain": {settings{name: "fencelint", patterns: []string{"./..."}}, finding.Error, "fencelint -rules=lock-order ./..."},
		"note":  {settings{name: "fencelint vet", patterns: []string{"./a"}}, finding.Note, "fencelint vet -rules=lock-order -min-level=note ./a"},
		"all": {settings{
			name: "fencelint", models: list{"my models", "it's"}, patterns: []string{"./a", "./b;rm"},
			load: load.Options{Tags: "x,y", Tests: true},
		}, finding.Error, `fencelint -rules=lock-order -tags=x,y -tests '-models=my models' '-models=it'\''s' ./a './b;rm'`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.settings.again(&finding.Finding{Rule: "lock-order", Level: test.level}); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
