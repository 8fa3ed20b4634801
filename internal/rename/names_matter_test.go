package rename_test

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/mutant"
	"github.com/fencelint/fencelint/internal/rename"
)

// TestNamesDoNotMatter holds what is found in code against what is found in the same
// code with other names: the sample driver, the driver with bugs planted in it, and
// the corpora, which have findings of every rule.
func TestNamesDoNotMatter(t *testing.T) {
	root, err := mutant.Root()
	if err != nil {
		t.Fatal(err)
	}
	command, err := fencelint.Build(t.Context(), root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	driver := []string{"./sampledriver/..."}
	tests := []subject{
		{name: "driver", patterns: driver, modes: fencelint.Modes()},
		{
			name: "corpora", corpora: true, modes: []fencelint.Mode{fencelint.Whole},
			patterns: []string{"./testdata/domain/...", "./testdata/lang/...", "./testdata/kern"},
		},
	}
	for i, batch := range batches(t, root) {
		s := subject{name: fmt.Sprintf("mutants %d", i+1), patches: batch, patterns: driver, modes: fencelint.Modes()}
		if i > 0 {
			if testing.Short() {
				break
			}
			s.modes = s.modes[:1] // the second mode takes as long again
		}
		tests = append(tests, s)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.hold(t, root, command)
		})
	}
}

// subject is code that is renamed.
type subject struct {
	name     string
	patches  []string // bugs planted in the driver
	corpora  bool     // the corpora, not the driver
	patterns []string
	modes    []fencelint.Mode
}

func (s subject) hold(t *testing.T, root string, command fencelint.Command) {
	before, after := t.TempDir(), t.TempDir()
	if err := s.copy(t.Context(), root, before); err != nil {
		t.Fatal(err)
	}
	names, err := rename.Module(t.Context(), before, after, s.patterns...)
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for _, p := range s.patterns {
		patterns = append(patterns, names.Path(p))
	}
	for _, mode := range s.modes {
		if testing.Short() && mode == fencelint.Modular {
			continue
		}
		want, err := command.Findings(t.Context(), mode, before, s.patterns...)
		if err != nil {
			t.Fatal(err)
		}
		got, err := command.Findings(t.Context(), mode, after, patterns...)
		if err != nil {
			t.Fatal(err)
		}
		if len(want) < len(s.patches) {
			t.Errorf("%s: %d bugs planted, %d findings", mode, len(s.patches), len(want))
		}
		problems, turned := compare(want, got, names)
		t.Logf("%s: %d findings, %d told from another side, %d names", mode, len(want), turned, names.Len())
		for _, problem := range problems {
			t.Errorf("%s: %s", mode, problem)
		}
	}
}

// copy makes the code.
func (s subject) copy(ctx context.Context, root, dir string) error {
	if s.corpora {
		for _, part := range []string{"domain", "lang", "kern"} {
			if err := os.CopyFS(filepath.Join(dir, "testdata", part), os.DirFS(filepath.Join(root, "testdata", part))); err != nil {
				return err
			}
		}
		// Its directives name nothing.
		if err := os.RemoveAll(filepath.Join(dir, "testdata/domain/baddirective")); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module github.com/fencelint/fencelint\n\ngo 1.26.0\n"), 0o644)
	}
	if err := mutant.Plant(ctx, root, dir, ""); err != nil {
		return err
	}
	for _, patch := range s.patches {
		if err := mutant.Apply(ctx, dir, patch); err != nil {
			return err
		}
	}
	return nil
}

// batches returns patches of mutants, one for each rule of those that are findings, in
// groups that change no file twice: the bugs of a group can be planted at once.
func batches(t *testing.T, root string) [][]string {
	mutants, err := mutant.Load(filepath.Join(root, mutant.Dir))
	if err != nil {
		t.Fatal(err)
	}
	planted := make(map[string]bool) // rules
	var groups [][]string
	for {
		var group, changed []string
		for _, m := range mutants {
			rule, files := m.Expect.Finding.Rule, changes(t, m.Patch)
			if rule == "" || planted[rule] || slices.ContainsFunc(files, func(f string) bool { return slices.Contains(changed, f) }) {
				continue
			}
			planted[rule] = true
			group, changed = append(group, m.Patch), append(changed, files...)
		}
		if len(group) == 0 {
			return groups
		}
		groups = append(groups, group)
	}
}

// changes returns the files that a patch changes.
func changes(t *testing.T, patch string) []string {
	text, err := os.ReadFile(patch)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for line := range strings.Lines(string(text)) {
		if file, ok := strings.CutPrefix(line, "+++ b/"); ok {
			files = append(files, strings.TrimSpace(file))
		}
	}
	return files
}

// compare returns what differs between the findings before and after, but for names;
// and how many of them were told from another side, which names may choose.
func compare(before, after []fencelint.Found, names *rename.Names) (problems []string, turned int) {
	p := pair{names, slices.Clone(after)}
	lost := p.without(before, p.same)
	told := len(lost)
	lost = p.without(lost, p.turned)
	for _, f := range lost {
		problems = append(problems, fmt.Sprintf("lost: %s", f))
	}
	for _, g := range p.after {
		problems = append(problems, fmt.Sprintf("new: %s", g))
	}
	return problems, told - len(lost)
}

// pair matches findings before with those after that have no match yet.
type pair struct {
	names *rename.Names
	after []fencelint.Found
}

// without returns the findings that match none.
func (p *pair) without(before []fencelint.Found, match func(f, g fencelint.Found) bool) []fencelint.Found {
	var lost []fencelint.Found
	for _, f := range before {
		i := slices.IndexFunc(p.after, func(g fencelint.Found) bool { return match(f, g) })
		if i < 0 {
			lost = append(lost, f)
			continue
		}
		p.after = slices.Delete(p.after, i, i+1)
	}
	return lost
}

// same reports whether g is f with new names.
func (p *pair) same(f, g fencelint.Found) bool {
	return f.Rule == g.Rule && f.Verdict == g.Verdict && f.Level == g.Level && p.moved(f.Pos) == g.Pos &&
		p.like(f.Func, g.Func) && p.like(f.Root, g.Root) && p.like(f.Message, g.Message) &&
		slices.EqualFunc(f.Edges, g.Edges, p.sameEdge)
}

// turned reports whether g tells of the same as f from another side: where two roots
// are as near, or two edges of a cycle could break it, names decide which is told.
func (p *pair) turned(f, g fencelint.Found) bool {
	if f.Rule != g.Rule || f.Verdict != g.Verdict || f.Level != g.Level || len(f.Edges) != len(g.Edges) {
		return false
	}
	if p.moved(f.Pos) == g.Pos {
		return true
	}
	for i := range g.Edges {
		if slices.EqualFunc(f.Edges, slices.Concat(g.Edges[i:], g.Edges[:i]), p.sameEdge) {
			return true
		}
	}
	return false
}

func (p *pair) sameEdge(e, f fencelint.Edge) bool {
	return e.Provenance == f.Provenance && p.like(e.From, f.From) && p.like(e.To, f.To)
}

// moved is where a position is afterwards.
func (p *pair) moved(pos fencelint.Pos) fencelint.Pos {
	dir, base := path.Split(pos.File)
	pos.File = p.names.Path(dir) + base
	return pos
}

var word = regexp.MustCompile(`\w+|\W`)

// like reports whether b is a with new names. What is a name in code may be a word of
// the message, too.
func (p *pair) like(a, b string) bool {
	return slices.EqualFunc(word.FindAllString(a, -1), word.FindAllString(b, -1), func(a, b string) bool {
		return a == b || p.names.New(a) == b
	})
}
