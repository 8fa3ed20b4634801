package subject

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestList(t *testing.T) {
	list, err := List([]string{"grpc-go", "std"})
	if err != nil || len(list) != 2 || list[0].Module != "google.golang.org/grpc" || list[1].Module != "" {
		t.Errorf("got %+v, error %v", list, err)
	}
	if _, err := List([]string{"std", "nowhere"}); err == nil {
		t.Error("no error for a subject that is not in the table")
	}
}

// TestSize counts the lines of a module that imports a small part of the standard library.
func TestSize(t *testing.T) {
	s := Subject{Name: "small", Patterns: []string{"./a"}, Dir: t.TempDir()}
	for name, text := range map[string]string{
		"go.mod":      "module m\n\ngo 1.26\n",
		"a/a.go":      "package a\n\nimport _ \"m/b\"\n",
		"a/a_test.go": "package a\n",
		"b/b.go":      "package b\n\nimport _ \"cmp\"\n\n",
	} {
		file := filepath.Join(s.Dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Size(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Named != 1 || got.NamedLines != 3 || got.Walked != 7 || got.Lines <= got.Walked {
		t.Errorf("got %+v, want 1 package of 3 lines, 7 analysed, more loaded", got)
	}
}

func TestFetchStandard(t *testing.T) {
	s := Subject{Name: "std", Patterns: []string{"errors"}}
	if err := s.Fetch(t.Context(), "", t.TempDir()); err != nil {
		t.Fatal(err)
	}
	got, err := s.Size(t.Context())
	if err != nil || got.Named != 1 || got.NamedLines == 0 || got.Walked != got.NamedLines {
		t.Errorf("got %+v, error %v: of the standard library what is named is analysed", got, err)
	}
}

// TestVetSalt holds that nothing is in the cache of what was analysed in another round, or below
// another subject.
func TestVetSalt(t *testing.T) {
	seen := make(map[string]string)
	for _, name := range []string{"yamux", "raft"} {
		s := Subject{Name: name}
		c := s.Vet("tool", t.TempDir(), "-vettool=tool", "-salt")
		for round := range 2 {
			cmd, err := c.Command(t.Context(), round)
			if err != nil {
				t.Fatal(err)
			}
			by := fmt.Sprintf("%s, round %d", name, round)
			salt := cmd.Args[len(cmd.Args)-1]
			if before := seen[salt]; before != "" || !strings.HasPrefix(salt, "-salt=") {
				t.Errorf("%s: %s has it already: %q", by, salt, before)
			}
			seen[salt] = by
		}
	}
}
