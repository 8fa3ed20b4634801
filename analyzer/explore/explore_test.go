package explore

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/fencelint/fencelint/analyzer/model"
)

var reasons = map[Reason]string{NoPartner: "no partner", Circle: "circle", Again: "again", LeftLocked: "left locked"}

// TestExplore runs one function of each program. What is wanted is who waits where, by
// line, and why.
func TestExplore(t *testing.T) {
	tests := []struct {
		name, body string
		want       []string
	}{
		{"nobody receives", `
			ch := make(chan int)
			go func() { ch <- 1 }()`, []string{"3 no partner"}},
		{"a select without a case is meant to stay", `
			go func() { select {} }()
			select {}`, nil},
		{"nobody receives while another stays", `
			ch := make(chan int)
			go func() { ch <- 1 }()
			select {}`, []string{"3 no partner"}},
		{"who stays keeps its lock", `
			var mu sync.Mutex
			mu.Lock()
			go func() { mu.Lock() }()
			select {}`, []string{"4 left locked"}},
		{"room for one of two", `
			ch := make(chan int, 1)
			ch <- 1
			ch <- 2`, []string{"4 no partner"}},
		{"a loop with a bound that is not known fills what has that room", `
			ch := make(chan int, n)
			for range n { ch <- 1 }`, nil},
		{"one more than the room", `
			ch := make(chan int, n)
			for range n { ch <- 1 }
			ch <- 1`, []string{"4 no partner"}},
		{"a context that has ended says why", `
			ch := make(chan int)
			<-outer.Done()
			if outer.Err() == nil { <-ch }`, nil},
		{"a context that may not have ended", `
			ch := make(chan int)
			if outer.Err() == nil { <-ch }`, []string{"3 no partner"}},
		{"a context that never ends", `
			ch := make(chan int)
			if outer.Done() == nil && outer.Err() == nil { <-ch }`, []string{"3 no partner"}},
		{"two tests of one condition", `
			ch := make(chan int)
			if b { go func() { ch <- 1 }() }
			if b { <-ch }`, nil},
		{"a lock that is found taken, and given back at once", `
			var mu sync.Mutex
			var wg sync.WaitGroup
			wg.Add(1)
			go func() { mu.Lock(); mu.Unlock() }()
			if mu.TryLock() { wg.Done(); mu.Unlock() }
			wg.Wait()`, []string{"7 no partner"}},
		{"somebody may tell another group before it counts", `
			var wg, other sync.WaitGroup
			ch := make(chan int)
			go func() { other.Done() }()
			other.Add(1)
			ch <- 1
			wg.Wait()`, []string{"6 no partner"}},
		{"whichever of two is woken", `
			var mu sync.Mutex
			c := sync.NewCond(&mu)
			go func() { mu.Lock(); c.Wait(); mu.Unlock() }()
			go func() { mu.Lock(); c.Signal(); mu.Unlock() }()
			mu.Lock()
			c.Wait()
			mu.Unlock()`, []string{"4 no partner", "7 no partner"}},
		{"two tests of two calls", `
			ch := make(chan int)
			if ask() { go func() { ch <- 1 }() }
			if ask() { <-ch }`, []string{"3 no partner", "4 no partner"}},
		{"a hundred goroutines, all received", `
			ch := make(chan int)
			for range 100 { go func() { ch <- 1 }() }
			for range 100 { <-ch }`, nil},
		{"a hundred goroutines, half received", `
			ch := make(chan int)
			for range 100 { go func() { ch <- 1 }() }
			for range 50 { <-ch }`, nil}, // they would have to be counted
		{"a hundred goroutines, one received", `
			ch := make(chan int)
			for range 100 { go func() { ch <- 1 }() }
			<-ch`, []string{"3 no partner"}},
		{"a hundred goroutines that take locks in opposite orders", `
			var a, c sync.Mutex
			for range 100 {
				go func() { a.Lock(); c.Lock(); c.Unlock(); a.Unlock() }()
				go func() { c.Lock(); a.Lock(); a.Unlock(); c.Unlock() }()
			}`, []string{"4 circle"}},
		{"an endless loop counts", `
			ch := make(chan int)
			go func() { for i := 0; ; i++ { ch <- i } }()
			for range ch { }`, nil},
		{"a lock that its taker takes", `
			var mu sync.Mutex
			mu.Lock()
			mu.Lock()`, []string{"4 again"}},
		{"a lock that nobody gives back", `
			var mu sync.Mutex
			mu.Lock()
			go func() { mu.Lock() }()`, []string{"4 left locked"}},
		{"more locks than rounds", `
			var mu sync.Mutex
			for range n { mu.Lock(); mu.Unlock() }`, nil},
		{"what is handed out", `
			ch := make(chan int)
			use(ch)
			<-ch`, nil},
		{"what comes from outside", `<-given`, nil},
		{"what a panic leaves", `
			ch := make(chan int)
			if b { panic(1) }
			close(ch)
			<-ch`, nil},
		{"a panic of one order", `
			var wg sync.WaitGroup
			a := make(chan int, 1)
			wg.Add(2)
			go func() { wg.Done(); wg.Wait() }()
			wg.Done()
			a <- 1
			wg.Done()
			wg.Add(2)`, []string{"5 no partner"}},
		{"a flag that is set once", `
			var fired atomic.Bool
			ch := make(chan int)
			go func() { if fired.CompareAndSwap(false, true) { close(ch) } }()
			<-ch`, nil},
		{"a flag that is not as expected", `
			var fired atomic.Bool
			ch := make(chan int)
			go func() { if fired.CompareAndSwap(true, false) { close(ch) } }()
			<-ch`, []string{"5 no partner"}},
		{"what never fails", `
			var text strings.Builder
			ch := make(chan int)
			if _, err := text.WriteString("x"); err == nil { go func() { ch <- 1 }() }
			<-ch`, nil},
		{"what may fail", `
			ch := make(chan int)
			if _, err := strings.NewReader("x").ReadByte(); err == nil { go func() { ch <- 1 }() }
			<-ch`, []string{"4 no partner"}},
		{"a map of channels", `
			m := map[string]chan int{"a": make(chan int), "b": make(chan int)}
			go func() { close(m["a"]) }()
			<-m["a"]
			<-m["b"]`, []string{"5 no partner"}},
		{"a reader behind a writer behind a reader", `
			var mu sync.RWMutex
			go func() { mu.Lock(); mu.Unlock() }()
			mu.RLock()
			mu.RLock()
			mu.RUnlock()
			mu.RUnlock()`, []string{"5 circle"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, s := range explored(t, test.body) {
				last := s.Goroutines[0].Stack[len(s.Goroutines[0].Stack)-1]
				line := last.At.Parent().Prog.Fset.Position(position(last.At)).Line
				got = append(got, fmt.Sprint(line, " ", reasons[s.Why]))
			}
			slices.Sort(got)
			if got = slices.Compact(got); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// position is where an instruction stands; a call has its own.
func position(instr ssa.Instruction) token.Pos {
	if call, ok := instr.(ssa.CallInstruction); ok {
		return call.Common().Pos()
	}
	return instr.Pos()
}

// explored runs a function with a body.
func explored(t *testing.T, body string) []Stuck {
	t.Helper()
	head := "package p; import \"sync\"; import \"sync/atomic\"; import \"strings\"; import \"context\"; var outer context.Context; var _ strings.Builder; var _ sync.Mutex; var _ atomic.Bool; func ask() bool; func use(chan int); func run(n int, b bool, given chan int) {"
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", head+strings.TrimLeft(body, " \t")+"\n}\n", 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg := types.NewPackage("p", "p")
	conf := &types.Config{Importer: importer.ForCompiler(fset, "source", nil), Error: func(error) {}}
	built, _, err := ssautil.BuildPackage(conf, fset, pkg, []*ast.File{file}, ssa.InstantiateGenerics)
	if err != nil {
		t.Fatal(err)
	}
	e := New(built.Prog, Options{
		Standard:  func(path string) bool { return path != "p" },
		Spoken:    func(*ssa.Function) bool { return false },
		Effects:   func(*ssa.Function) []model.Effect { return nil },
		Annotated: func(types.Type) bool { return false },
		Fence:     func(types.Type) bool { return false },
		Marks:     func(*types.Var) bool { return false },
		Steady:    func(*types.Var) bool { return false },
		Lasting:   func(*types.Var) bool { return false },
		Ordered:   func(ssa.Value) (ordered, known bool) { return false, true },
	})
	return e.Explore(built.Func("run"))
}
