// Package modelfile reads model files: the directives of code that one cannot
// annotate, as text.
//
// A line describes one function, method, interface method, func-typed field or named
// func type by its full name, with the directives of docs/design.md section 3,
// separated by semicolons:
//
//	(*golang.org/x/sync/semaphore.Weighted).Acquire  acquires recv
//	time.AfterFunc                                   calls arg1 async
//	example.org/asm.Copy                             trusted -- written in assembly; harmless
//
// What "--" begins is the reason, up to the end of the line. Names are positional:
// recv, arg0, ret0, each with a field path if need be. Type parameters are left out of
// full names: (*sync/atomic.Pointer).Load.
//
// A line with the directives of a type describes a type, a field or a variable. It may
// begin with the word type:
//
//	type sync.Mutex          lock
//	example.org/q.Pool       pool
//	example.org/m.Flags      gfp reclaim=DirectReclaim io=0x40
//
// The bits of gfp are numbers, or constants of the type. After the word type, two more
// words exist in model files alone, for types
// that every Go program waits with and that no other word fits: a waitgroup is a
// counter, waited for until it is zero, and a cond is a wait queue whose waits release
// the lock it was made with. Neither opens a context. "waits recv" on a method of such
// a type is its wait, "wakes recv" what lets waiters go on (a Done, a Signal).
//
// Empty lines, and lines that begin with #, say nothing.
package modelfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
)

// Error is a mistake in a model file.
type Error struct {
	Pos     model.Pos
	Message string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.Pos.File, e.Pos.Line, e.Pos.Col, e.Message)
}

// maxLine bounds how long a line may be, in bytes. Messages quote lines.
const maxLine = 4096

// Parse reads the text of a model file. The error joins an [Error] for every line
// that is wrong; the package then holds the other lines.
func Parse(file, text string) (*model.Package, error) {
	p := &parser{file: file, lines: map[string]int{}, pkg: &model.Package{Path: file}}
	for line := range strings.Lines(text) {
		p.number++
		if len(line) > maxLine {
			p.errorf(0, "a line has more than %d bytes", maxLine)
			continue
		}
		p.line(strings.TrimRight(line, "\r\n"))
	}
	slices.SortFunc(p.pkg.Contracts, func(a, b model.Contract) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(p.pkg.Types, func(a, b model.Type) int { return strings.Compare(a.Name, b.Name) })
	return p.pkg, errors.Join(p.errs...)
}
