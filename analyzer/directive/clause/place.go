package clause

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
)

// Positional resolves the names that need no signature, recv, argN and retN, with
// any field path: all that a model file can use.
func Positional(name string) (model.Place, error) {
	head, path, dotted := strings.Cut(name, ".")
	place, ok := position(head)
	if !ok {
		return model.NoPlace, fmt.Errorf("%q names nothing: use recv, arg0, ret0", head)
	}
	if dotted {
		for field := range strings.SplitSeq(path, ".") {
			if field == "" {
				return model.NoPlace, fmt.Errorf("%q has an empty field name", name)
			}
		}
		place.Path = path
	}
	return place, nil
}

func position(name string) (model.Place, bool) {
	if name == "recv" {
		return model.Place{}, true
	}
	for _, p := range []struct {
		prefix string
		base   model.Base
	}{{"arg", model.Param}, {"ret", model.Result}} {
		digits, ok := strings.CutPrefix(name, p.prefix)
		if !ok {
			continue
		}
		// Atoi takes signs and leading zeros; a position is written in one way only.
		if n, err := strconv.Atoi(digits); err == nil && n >= 0 && strconv.Itoa(n) == digits {
			return model.Place{Base: p.base, Index: n}, true
		}
	}
	return model.NoPlace, false
}
