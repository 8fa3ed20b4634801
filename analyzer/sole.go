package analyzer

import (
	"go/token"
	"maps"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/sole"
)

// sole returns what one goroutine has to itself. Others can make objects of exported types
// where not the whole program is in sight.
func (e *engine) sole(fns []*ssa.Function, whole bool) (runs, owner map[string]string) {
	s := sole.Find(sole.Program{Funcs: fns, Callees: e.callees.Callees, Bodies: e.callees.Bodies, Key: e.known.Of})
	if !whole {
		maps.DeleteFunc(s.Owner, func(name, _ string) bool {
			return token.IsExported(name[strings.LastIndexByte(name, '.')+1:])
		})
	}
	return s.Runs, s.Owner
}
