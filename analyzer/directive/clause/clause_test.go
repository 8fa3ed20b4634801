package clause_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/directive/clause"
	"github.com/fencelint/fencelint/analyzer/model"
)

func TestSplit(t *testing.T) {
	tests := []struct {
		text, words, reason string
	}{
		{"", "", ""},
		{"  waits  f\tbounded ", "waits@2 f@9 bounded@11", ""},
		{"waits f // comment", "waits@0 f@6", ""},
		{"trusted -- because", "trusted@0", "because"},
		{"trusted --because", "trusted@0 --because@8", ""},
		{"trusted -- see https://x.org/a--b -- really // not this", "trusted@0", "see https://x.org/a--b -- really"},
		{"trusted --", "trusted@0", ""},
		{"// all comment", "", ""},
		{"trusted // -- reason in a comment", "trusted@0", ""},
		{"waits ü f", "waits@0 ü@6 f@9", ""},
	}
	for _, tt := range tests {
		c := clause.Split(tt.text)
		var words []string
		if c.Word.Text != "" {
			for _, tok := range append([]clause.Token{c.Word}, c.Args...) {
				words = append(words, fmt.Sprintf("%s@%d", tok.Text, tok.Offset))
			}
		}
		if got := strings.Join(words, " "); got != tt.words || c.Reason != tt.reason {
			t.Errorf("Split(%q) = %q, reason %q; want %q, %q", tt.text, got, c.Reason, tt.words, tt.reason)
		}
	}
}

func TestPositional(t *testing.T) {
	tests := []struct {
		name string
		want model.Place
		ok   bool
	}{
		{"recv", model.Place{}, true},
		{"recv.a.b", model.Place{Path: "a.b"}, true},
		{"arg0", model.Place{Base: model.Param}, true},
		{"arg12.x", model.Place{Base: model.Param, Index: 12, Path: "x"}, true},
		{"ret1", model.Place{Base: model.Result, Index: 1}, true},
		{"arg", model.NoPlace, false},
		{"arg-1", model.NoPlace, false},
		{"arg+1", model.NoPlace, false},
		{"arg01", model.NoPlace, false},
		{"arg99999999999999999999", model.NoPlace, false},
		{"recv.", model.NoPlace, false},
		{"recv..a", model.NoPlace, false},
		{"x", model.NoPlace, false},
		{"", model.NoPlace, false},
	}
	for _, tt := range tests {
		got, err := clause.Positional(tt.name)
		if got != tt.want || (err == nil) != tt.ok {
			t.Errorf("Positional(%q) = %v, %v; want %v", tt.name, got, err, tt.want)
		}
	}
}

// Every word has its effect, and is written back as it was read.
func TestRoundTrip(t *testing.T) {
	lines := []string{
		"waits arg0", "waits arg0 bounded", "waits recv.q until arg1", "wakes recv", "signals recv", "publishes ret0",
		"takes arg2.fence", "acquires recv", "acquires recv shared", "acquires recv shared try", "releases recv",
		"allocates", "allocates arg0.flags", "sleeps", "sleeps bounded", "blocks", "enters signalling",
		"leaves nofs,noio", "calls arg0", "calls arg0 in signalling,atomic", "calls arg0 async",
		"calls arg0 in reclaim async", "queues arg0.run on recv", "flushes recv",
		"runs signalling", "runs reclaim,notifier", "trusted -- because",
	}
	words := map[string]bool{}
	for _, text := range lines {
		var c model.Contract
		cl := clause.Split(text)
		words[cl.Word.Text] = true
		if err := cl.AddFunc(&c, clause.Positional, model.Pos{}); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := strings.TrimSpace(c.String()); got != text {
			t.Errorf("%q is written back as %q", text, got)
		}
	}
	for _, word := range clause.FuncWords() {
		if !words[word] {
			t.Errorf("%s is not tested", word)
		}
	}
}

// A contract is as before when a clause is wrong, nothing panics, and what was read
// is read again from what is written.
func FuzzAddFunc(f *testing.F) {
	for _, text := range []string{
		"waits arg0 until arg1 bounded", "queues arg0 on recv.q", "calls arg0 in nofs async", "trusted -- r // c",
		"acquires recv shared try", "runs atomic,nofs", "enters x", "waits arg0 until", "allocates", "\x00 -- ;",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cl := clause.Split(text)
		var c model.Contract
		if err := cl.AddFunc(&c, clause.Positional, model.Pos{}); err != nil {
			if err.Offset < 0 || err.Offset > len(text) {
				t.Errorf("offset %d outside of %q", err.Offset, text)
			}
			if err.Message == "" {
				t.Error("an error without a message")
			}
			if !reflect.DeepEqual(c, model.Contract{}) {
				t.Errorf("%q changed the contract: %v", text, &c)
			}
			return
		}
		written := strings.TrimSpace(c.String())
		var again model.Contract
		if err := clause.Split(written).AddFunc(&again, clause.Positional, model.Pos{}); err != nil {
			t.Fatalf("%q was read, but not %q: %v", text, written, err)
		}
		if !reflect.DeepEqual(c, again) {
			t.Errorf("%q is another contract when read again from %q", text, written)
		}
	})
}

func FuzzAddType(f *testing.F) {
	for _, text := range []string{"fence", "lock spin over=fence,reclaim", "workqueue ordered rescuer", "gfp reclaim=A io=B", "pool x", "lock over="} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var typ model.Type
		err := clause.Split(text).AddType(&typ, func(name string) (uint64, error) { return uint64(len(name)), nil })
		if (err == nil) != (typ.Kind() != "") {
			t.Errorf("%q: error %v, kind %q", text, err, typ.Kind())
		}
		if err != nil && (err.Offset < 0 || err.Offset > len(text)) {
			t.Errorf("offset %d outside of %q", err.Offset, text)
		}
	})
}
