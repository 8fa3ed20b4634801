package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func write(t testing.TB, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), FileName)
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestReadMakesPathsAbsolute(t *testing.T) {
	name := write(t, "models:\n- a.models\n- /b.models\nbaseline: c\nevidence: yes\n")
	if _, err := Read(name); err == nil || !strings.Contains(err.Error(), `:5: evidence: "yes" is neither true nor false`) {
		t.Errorf("got %v", err)
	}
	name = write(t, "models:\n- a.models\n- /b.models\nbaseline: c\nevidence: false\nrules: lock-order\n")
	all, err := Read(name)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, s := range all {
		got[s.Key] = s.Values
	}
	dir := filepath.Dir(name)
	want := map[string][]string{
		"models":   {filepath.Join(dir, "a.models"), "/b.models"},
		"baseline": {filepath.Join(dir, "c")},
		"evidence": {"false"},
		"rules":    {"lock-order"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDecode(t *testing.T) {
	tests := []struct {
		name   string
		values any
		want   string
	}{
		{"nothing", nil, ""},
		{"good", map[string]any{"rules": []any{"lock-order"}, "evidence": true}, ""},
		{"unknown", map[string]any{"rule": "lock-order"}, `s: no setting is called "rule"; did you mean "rules"?`},
		{"of the command", map[string]any{"tags": "a"}, `s: no setting is called "tags"`},
		{"no rule", map[string]any{"rules": "lock-ordering"}, `s: rules: no rule is called "lock-ordering"; did you mean "lock-order"?`},
		{"no map", []any{1}, "s: these are no settings"},
		{"no text", map[string]any{"min-level": map[string]any{}}, "s: min-level: not a text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Decode("s", "/", tt.values)
			if (err == nil) != (tt.want == "") || err != nil && !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("rules: [lock-order]\nevidence: true\n")
	f.Add("a: &a [*a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := Read(write(t, text)); err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("more than a line: %q", err)
		}
	})
}

func TestRoot(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"w/go.work", "w/m/go.mod", "w/m/p/q/x.go", "n/x.go"} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct{ gowork, dir, want string }{
		{"", "w/m/p/q", "w"},
		{"off", "w/m/p/q", "w/m"},
		{filepath.Join(dir, "n/other.work"), "w/m", "n"},
		{"", "n", ""},
	}
	for _, tt := range tests {
		t.Setenv("GOWORK", tt.gowork)
		want := tt.want
		if want != "" {
			want = filepath.Join(dir, want)
		}
		if got := Root(filepath.Join(dir, tt.dir)); got != want {
			t.Errorf("GOWORK=%s: root of %s is %q, want %q", tt.gowork, tt.dir, got, want)
		}
	}
}
