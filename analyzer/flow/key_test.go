package flow_test

import (
	"slices"
	"testing"

	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/internal/onefile"
	"golang.org/x/tools/go/ssa/ssautil"
)

const keySource = `package p

type inner struct{}

func (*inner) Method() {}

type outer struct{ *inner }

type iface interface{ Method() }

type box[T any] struct{}

func (*box[T]) get() func() { return func() {} }

func generic[T any](T) {}

func init() {}

func use(o outer, b *box[int], i iface) {
	_ = o.inner.Method  // bound
	_ = (*inner).Method // thunk
	_ = iface(o)        // wrapper
	_ = i.Method        // bound to an interface
	_ = b.get()         // instance
	generic(1)
	func() { func() {}() }()
}
`

// TestKey holds the keys of all functions that SSA makes of a package against those
// of the declared functions: there must be no other.
func TestKey(t *testing.T) {
	pkg, _ := onefile.Build(t, "test/p", keySource)
	var keys []string
	for fn := range ssautil.AllFunctions(pkg.Prog) {
		keys = append(keys, flow.Key(fn))
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	want := []string{
		"(*test/p.box[T]).get",
		"(*test/p.box[T]).get$1",
		"(*test/p.inner).Method",
		"(test/p.iface).Method",
		"test/p.generic",
		"test/p.init",
		"test/p.init#1",
		"test/p.use",
		"test/p.use$1",
		"test/p.use$1$1",
	}
	if !slices.Equal(keys, want) {
		t.Errorf("got  %q\nwant %q", keys, want)
	}
}
