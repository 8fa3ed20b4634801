package explore

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// operations are the functions of the standard library that others may see, with what
// they do.
var operations = map[string]kind{
	"(*sync.Mutex).Lock":       lock,
	"(*sync.Mutex).Unlock":     unlock,
	"(*sync.Mutex).TryLock":    tryLock,
	"(*sync.RWMutex).Lock":     writeLock,
	"(*sync.RWMutex).Unlock":   unlock,
	"(*sync.RWMutex).TryLock":  tryLock,
	"(*sync.RWMutex).RLock":    readLock,
	"(*sync.RWMutex).RUnlock":  readUnlock,
	"(*sync.RWMutex).TryRLock": tryReadLock,
	"(*sync.rlocker).Lock":     readLock,
	"(*sync.rlocker).Unlock":   readUnlock,
	"(*sync.WaitGroup).Add":    add,
	"(*sync.WaitGroup).Done":   done,
	"(*sync.WaitGroup).Wait":   waitGroup,
	"(*sync.Cond).Wait":        park,
	"(*sync.Cond).Signal":      wakeOne,
	"(*sync.Cond).Broadcast":   wakeAll,
	"(*sync.Once).Do":          once,
}

// harmlessPackages keep nothing of what they are given, and call back into nothing that
// waits.
var harmlessPackages = map[string]bool{
	"fmt": true, "log": true, "errors": true, "strings": true, "strconv": true, "bytes": true,
	"math": true, "math/rand": true, "math/rand/v2": true, "unicode": true, "unicode/utf8": true,
	"path": true, "path/filepath": true, "testing": true, "runtime": true, "time": true, "os": true,
	"log/slog": true, "encoding/binary": true, "encoding/hex": true, "unsafe": true, "runtime/debug": true,
}

// named are the packages whose functions are known by name.
var named = map[string]bool{
	"bytes": true, "crypto/rand": true, "errors": true, "fmt": true, "math/rand": true, "math/rand/v2": true, "strings": true,
	"sync": true, "sync/atomic": true, "context": true, "time": true, "os": true, "log": true, "runtime": true, "testing": true,
}

// name is the full name of a function of a package whose functions are known by name, ""
// for any other.
func (x *explorer) name(fn *ssa.Function) string {
	name, ok := x.names[fn]
	if !ok {
		if named[packageOf(fn)] {
			name = fn.String()
		}
		x.names[fn] = name
	}
	return name
}

// harmless reports whether a function of which there is no body to follow keeps nothing
// that it is given.
func (x *explorer) harmless(fn *ssa.Function) bool {
	if x.options.Spoken(fn) {
		return true
	}
	pkg := packageOf(fn)
	if !harmlessPackages[pkg] {
		return len(fn.Blocks) > 0 && x.follows(fn) && !x.concerns(fn)
	}
	return x.name(fn) != "time.AfterFunc"
}

// harmlessMethod says the same of methods of interfaces.
func harmlessMethod(name string) bool {
	switch {
	case name == "(error).Error", strings.HasPrefix(name, "(context.Context)."), strings.HasPrefix(name, "(testing.TB)."),
		strings.HasPrefix(name, "(fmt.Stringer)."):
		return true
	}
	return false
}

func packageOf(fn *ssa.Function) string {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	switch {
	case fn.Pkg != nil:
		return fn.Pkg.Pkg.Path()
	case fn.Object() != nil && fn.Object().Pkg() != nil:
		return fn.Object().Pkg().Path()
	}
	return ""
}

// neverReturns reports whether a call ends the goroutine, or the process.
func (x *explorer) neverReturns(fn *ssa.Function) bool {
	switch x.name(fn) {
	case "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "log.Panicln", "runtime.Goexit",
		"(*testing.common).Fatal", "(*testing.common).Fatalf", "(*testing.common).FailNow",
		"(*testing.common).Skip", "(*testing.common).Skipf", "(*testing.common).SkipNow",
		"(*log.Logger).Fatal", "(*log.Logger).Fatalf", "(*log.Logger).Fatalln", "(*log.Logger).Panic", "(*log.Logger).Panicf":
		return true
	}
	return false
}

// known evaluates a function of the standard library whose meaning is known and that
// nobody waits for; false for any other.
func (x *explorer) known(s *state, g *goroutine, fn *ssa.Function, inv invocation, at ssa.Instruction) (value, bool) {
	switch name := x.name(fn); name {
	case "":
		return nil, false
	case "sync.NewCond":
		id := s.allocate(variable, at)
		s.object(id).cells.put(".L#1", inv.args[0])
		return pointer{id, ""}, true
	case "(*sync.RWMutex).RLocker":
		if reader := readerType(fn); reader != nil {
			return boxed{reader, inv.args[0]}, true
		}
		return nil, false
	case "(*sync.WaitGroup).Go":
		if p, ok := s.target(inv.args[0]); ok {
			x.addTo(s, p, integer(1))
			x.spawnIn(s, g, invocation{fn: inv.args[1], common: inv.common}, at, &p)
		}
		return nil, true
	case "context.Background", "context.TODO":
		id := s.allocate(contextObject, nil)
		s.object(id).cells.put("done", null{})
		return boxed{nil, pointer{id, ""}}, true
	case "context.WithCancel", "context.WithCancelCause":
		ctx, _ := x.newContext(s, inv.args[0], at)
		return record{boxed{nil, pointer{ctx, ""}}, cancel{ctx}}, true
	case "context.WithTimeout", "context.WithDeadline", "context.WithTimeoutCause", "context.WithDeadlineCause":
		ctx, done := x.newContext(s, inv.args[0], at)
		s.object(done).outside = true
		return record{boxed{nil, pointer{ctx, ""}}, cancel{ctx}}, true
	case "context.WithValue", "context.WithoutCancel":
		if name == "context.WithValue" {
			return inv.args[0], true
		}
		return s.fresh(), true
	case "runtime.GOMAXPROCS", "runtime.NumCPU":
		n := s.fresh().(unknown)
		raise(&s.change(n).lo, 1)
		return n, true
	case "errors.New", "fmt.Errorf":
		err := s.fresh().(unknown)
		s.change(err).notNil = true
		return err, true
	case "time.After", "time.Tick":
		return s.ticking(), true
	case "time.NewTimer", "time.NewTicker":
		id := s.allocate(variable, at)
		s.object(id).outside = name == "time.NewTimer"
		c := s.ticking().(channel)
		s.object(c.object).made = at
		s.object(id).cells.put(".C#0", c)
		return pointer{id, ""}, true
	case "(*time.Ticker).Stop", "(*time.Ticker).Reset":
		s.ticks(inv.args[0], name == "(*time.Ticker).Reset")
		return nil, true
	}
	if v, ok := x.succeeds(s, fn); ok {
		return v, true
	}
	return x.atomic(s, x.name(fn), inv)
}

// readerType is the type of what locks and unlocks for reading, nil if it is not known.
func readerType(fn *ssa.Function) types.Type {
	recv, ok := fn.Signature.Recv().Type().(*types.Pointer)
	if !ok {
		return nil
	}
	named, ok := recv.Elem().(*types.Named)
	if !ok {
		return nil
	}
	if reader, ok := named.Obj().Pkg().Scope().Lookup("rlocker").(*types.TypeName); ok {
		return types.NewPointer(reader.Type())
	}
	return nil
}

// ticking returns a channel from which there is always something to receive in the end.
func (s *state) ticking() value {
	id := s.allocate(channelObject, nil)
	s.object(id).outside = true
	return channel{id}
}

// ticks has something to receive from the channel of a ticker in the end, or nothing any
// more. Of one that others can get at it is not known.
func (s *state) ticks(ticker value, on bool) {
	p, ok := s.settled(ticker).(pointer)
	if !ok || s.object(p.object).outside {
		return
	}
	if c, ok := s.fieldOf(p, "C"); ok {
		if c, ok := c.(channel); ok {
			s.writable(c.object).outside = on
		}
	}
}

// atomic evaluates the functions and methods of sync/atomic on what is known.
func (x *explorer) atomic(s *state, name string, inv invocation) (value, bool) {
	rest, ok := strings.CutPrefix(name, "(*sync/atomic.")
	function := ""
	if ok {
		_, function, ok = strings.Cut(rest, ").")
	} else if rest, ok = strings.CutPrefix(name, "sync/atomic."); ok {
		for _, f := range [...]string{"Load", "Store", "Add", "Swap", "CompareAndSwap"} {
			if strings.HasPrefix(rest, f) {
				function = f
			}
		}
	}
	if !ok || len(inv.args) == 0 {
		return nil, false
	}
	p, ok := s.target(inv.args[0])
	if !ok {
		x.lose(s)
		return nil, true
	}
	x.lost = x.lost || len(s.goroutines) > 1 // it is no place to change
	typ := inv.common.Signature().Results()
	o := s.object(p.object)
	read := func() value {
		if v, ok := o.cells.get(p.path); ok && !o.outside {
			return s.settled(v)
		}
		if o.outside {
			return s.fresh()
		}
		switch {
		case len(inv.args) > 1:
			switch l, _ := inv.args[len(inv.args)-1].(literal); {
			case l.Value == nil:
			case l.Kind() == constant.Bool:
				return boolean(false)
			case l.Kind() == constant.Int:
				return integer(0)
			}
			return null{}
		case typ.Len() == 1:
			return zero(typ.At(0).Type())
		}
		return s.fresh()
	}
	write := func(v value) {
		if o := s.writable(p.object); o.outside {
			s.expose(v)
		} else {
			o.cells.put(p.path, v)
		}
	}
	switch function {
	case "Load":
		return read(), true
	case "Store":
		write(inv.args[1])
		return nil, true
	case "Swap":
		old := read()
		write(inv.args[1])
		return old, true
	case "Add":
		sum := s.binary(token.ADD, read(), inv.args[1])
		if n, ok := asInt(sum); ok && (n > countLimit || n < -countLimit) {
			sum = s.newSymbol(symbol{object: -1, vague: true})
		}
		write(sum)
		return sum, true
	case "CompareAndSwap":
		known, equal := s.equal(s.settled(read()), s.settled(inv.args[1]))
		if !known {
			return s.fresh(), true
		}
		if equal {
			write(inv.args[2])
		}
		return boolean(equal), true
	}
	return nil, false
}
