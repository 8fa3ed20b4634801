package analyzer

import (
	"go/token"
	"maps"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/mark"
	"github.com/fencelint/fencelint/analyzer/sole"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// sole returns what one goroutine has to itself. Others can make objects of exported types
// where not the whole program is in sight.
func (e *engine) sole(fns []*ssa.Function, whole bool) (runs, owner map[string]string) {
	s := sole.Find(sole.Program{Funcs: fns, Callees: e.callees.Callees, Key: e.known.Of})
	if !whole {
		maps.DeleteFunc(s.Owner, func(name, _ string) bool {
			return token.IsExported(name[strings.LastIndexByte(name, '.')+1:])
		})
	}
	return s.Runs, s.Owner
}

// marks returns what fields say of what has been done with objects.
func (e *engine) marks(fns []*ssa.Function) *summary.Marks {
	return mark.Find(mark.Program{
		Funcs: fns, Callees: e.callees.Callees, Key: e.known.Of,
		Sites: func(key string) []*summary.Site {
			var all []*summary.Site
			if s := e.summary(key); s != nil {
				for i := range s.Ops {
					all = append(all, &s.Ops[i].Site)
				}
				for i := range s.Calls {
					all = append(all, &s.Calls[i].Site)
				}
			}
			return all
		},
	})
}
