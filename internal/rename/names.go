package rename

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// Names are the new names of a module.
type Names struct {
	renamed map[string]string
	kept    []string
}

// New returns the new name of what was called old: old itself if nothing was.
func (n *Names) New(old string) string {
	if name, ok := n.renamed[old]; ok {
		return name
	}
	return old
}

// Path returns what became of a path of directories.
func (n *Names) Path(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		segments[i] = n.New(s)
	}
	return strings.Join(segments, "/")
}

// Len returns how many names there are.
func (n *Names) Len() int { return len(n.renamed) }

// Kept returns the names of methods that others than the module call, sorted.
func (n *Names) Kept() []string { return n.kept }

// newNames chooses for each of the renamed a name that no other has and that none of
// the reserved is. The choice depends on nothing else.
func newNames(renamed, reserved, kept map[string]bool) (*Names, error) {
	n := &Names{renamed: make(map[string]string), kept: slices.Sorted(maps.Keys(kept))}
	taken := make(map[string]bool)
	for _, old := range slices.Sorted(maps.Keys(renamed)) {
		if !renamed[old] || directs(old) {
			continue
		}
		name, ok := free(old, func(name string) bool {
			return taken[name] || reserved[name] || token.IsKeyword(name) || types.Universe.Lookup(name) != nil
		})
		if !ok {
			return nil, fmt.Errorf("rename: no name is left for %q", old)
		}
		n.renamed[old], taken[name] = name, true
	}
	return n, nil
}

// directs reports whether a directory of a name means something to the go command: which
// packages there are, and who may import them.
func directs(name string) bool {
	return name == "internal" || name == "testdata" || name == "vendor"
}

// free returns the first of the names that old can become that is not taken.
func free(old string, taken func(string) bool) (string, bool) {
	const letters = 26
	for by := range letters {
		if name := rotate(old, letters/2+by); name != old && !taken(name) {
			return name, true
		}
	}
	return "", false
}

// rotate moves each letter on by some letters and keeps its case, which says what is
// exported.
func rotate(name string, by int) string {
	return strings.Map(func(c rune) rune {
		switch {
		case 'a' <= c && c <= 'z':
			return 'a' + (c-'a'+rune(by))%26
		case 'A' <= c && c <= 'Z':
			return 'A' + (c-'A'+rune(by))%26
		}
		return c
	}, name)
}
