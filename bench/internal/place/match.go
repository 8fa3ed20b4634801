package place

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// Passes reports whether the finding stands at one of the spots or passes one in a
// lane. Its file names are relative to dir.
func (s Spots) Passes(f fencelint.Found, dir string) bool {
	at := func(p fencelint.Pos) bool {
		name := p.File
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		return s[Spot{name, p.Line}]
	}
	if at(f.Pos) {
		return true
	}
	for _, lane := range f.Lanes {
		for _, step := range lane.Steps {
			if at(step.Pos) {
				return true
			}
		}
	}
	return false
}

// Names reports whether an edge or the message of the finding names the lock, which
// is given as TYPE.FIELD, or FUNCTION.VARIABLE for a local one.
func Names(f fencelint.Found, lock string) bool {
	for _, e := range f.Edges {
		if isLock(e.From, lock) || isLock(e.To, lock) {
			return true
		}
	}
	words := strings.FieldsFunc(f.Message, func(r rune) bool { return strings.ContainsRune(" ,;()", r) })
	return slices.ContainsFunc(words, func(w string) bool { return isLock(w, lock) })
}

// NamesAny reports whether the finding names one of the locks.
func NamesAny(f fencelint.Found, locks []string) bool {
	return slices.ContainsFunc(locks, func(lock string) bool { return Names(f, lock) })
}

// NamesAll reports whether the finding names each of the locks.
func NamesAll(f fencelint.Found, locks []string) bool {
	return !slices.ContainsFunc(locks, func(lock string) bool { return !Names(f, lock) })
}

// isLock compares a class as fencelint prints it (import path, or not, before it; a
// colon before a local variable; the embedded Mutex of an unnamed struct after the
// field) with the lock of a table.
func isLock(class, lock string) bool {
	class = strings.ReplaceAll(class[strings.LastIndex(class, "/")+1:], ":", ".")
	_, bare, _ := strings.Cut(class, ".")
	for _, name := range []string{class, bare} {
		if name == lock || strings.HasPrefix(name, lock+".") {
			return true
		}
	}
	return false
}
