// Package summary is what the engine knows of one function: plain data, the same
// whether it was computed a moment ago or read from a fact. It knows neither SSA
// nor syntax.
package summary

import (
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
)

// ClassKind is the kind of thing a goroutine can wait for.
type ClassKind uint8

// The kinds of class.
const (
	NoClass ClassKind = iota
	Fence
	Lock
	Pool
	WaitQueue
	WorkQueue
	Channel
	WaitGroup
	Cond
	Outside  // something outside the program
	Reclaim  // pseudo-class: memory must become free
	Notifier // pseudo-class: notifiers must have run
	Worker   // pseudo-class: a worker of a queue must be there to run one more item
	Room     // pseudo-class: there must be room in a channel, or somebody who receives
)

// Class is a kind of thing that can be waited for, named by what owns it: the
// owning field, package variable or allocation site of a lock, pool, queue or
// channel; the outermost named type of a fence. Classes compare by value.
type Class struct {
	Kind ClassKind
	// Name is a full name: "pkg/path.Type.field", "pkg/path.Var", "pkg/path.Type",
	// or "pkg/path.Func:local" for an allocation site.
	Name string
	// Type is the full name of the primitive's own type ("pkg/path.Mutex"), through
	// which a model.Type (spin, over=, rescuer) is found.
	Type string
}

// Object is what an operation touches: a class, or something of the function's own
// parameters that only a caller can name.
type Object struct {
	Class Class
	// Param is the index in ssa.Function.Params order (receiver first) from which the
	// object came, or -1. Free variables of a closure follow the parameters:
	// len(Params)+i. When Param >= 0 and Open, the class is what is known without the
	// caller and the caller's binding replaces it.
	Param int
	// Path is the dotted field path from the parameter, or from Instance's base.
	Path string
	// Open says that the class is not final: the object IS the parameter, or reached
	// from it by dereference only, so that its owner is known to the caller alone.
	Open bool
	// Instance tells objects of one class apart within one function: equal non-empty
	// instances are the same object, different ones may be. That of a package variable,
	// or of what is reached from one, starts with a dot and is the same in every function.
	Instance string
	// Args are those of the generic type whose field it is.
	Args TypeArgs
	// In is the field that has in itself, and not by a pointer, what it is a field of; "" where
	// that is not known. What is in two fields is not one object.
	In string
}

// Global reports whether the object is a package variable or reached from one.
func (o Object) Global() bool { return strings.HasPrefix(o.Instance, ".") }

// Via says why a hop of a call chain was resolved as it was.
type Via uint8

// The ways a call is resolved; those after Closure are dynamic.
const (
	Static Via = iota
	Deferred
	Closure
	Go
	Contract
	Model
	Interface
	FuncValue
)

var viaNames = [...]string{"static", "defer", "closure", "go", "contract", "model", "interface", "func value"}

func (v Via) String() string { return viaNames[v] }

// Dynamic reports whether a hop was resolved by the call graph and not by the
// program text.
func (v Via) Dynamic() bool { return v == Interface || v == FuncValue }

// Pos is a position in an analysed source file.
type Pos = model.Pos
