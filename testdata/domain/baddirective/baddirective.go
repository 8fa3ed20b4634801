// Package baddirective has directives that are misspelt, misplaced or contradictory.
package baddirective

import "github.com/fencelint/fencelint/testdata/kern"

// Misspelt has a word that is none.
//
//fencelint:wait f // want bad-directive[breach]
func Misspelt(f *kern.Fence) { f.Wait() }

// Spelt has it right.
//
//fencelint:waits f
func Spelt(f *kern.Fence) { f.Wait() }

// NoSuchParameter names what is not there.
//
//fencelint:waits g // want bad-directive[breach]
func NoSuchParameter(f *kern.Fence) { f.Wait() }

// NoSuchContext runs nowhere.
//
//fencelint:runs signaling // want bad-directive[breach]
func NoSuchContext() {}

// NoFence waits for what is no fence.
//
//fencelint:waits n // want bad-directive[breach]
func NoFence(n int) {}

// NoReason trusts without saying why.
//
//fencelint:trusted // want bad-directive[breach]
func NoReason() {}

// OnFunction puts a type's directive on a function.
//
//fencelint:fence // want bad-directive[breach]
func OnFunction() {}

// OnType puts a function's directive on a type.
//
//fencelint:sleeps // want bad-directive[breach]
type OnType struct{}

// NoFunc calls what is no function.
//
//fencelint:calls n // want bad-directive[breach]
func NoFunc(n int) {}

// Field has a path that leads nowhere.
//
//fencelint:waits j.fence // want bad-directive[breach]
func Field(j *Job) {}

// Job has a fence of another name.
type Job struct{ done *kern.Fence }

// GoodField has one that leads to a fence.
//
//fencelint:waits j.done
func GoodField(j *Job) { j.done.Wait() }

// Less says less than its body does.
//
//fencelint:sleeps
func Less(f *kern.Fence) {
	kern.Sleep(1)
	f.Wait() // want bad-directive[breach]
}

// LessAlloc says that it only waits.
//
//fencelint:waits f
func LessAlloc(f *kern.Fence) {
	grow() // want bad-directive[breach]
	f.Wait()
}

func grow() { kern.Alloc(1, kern.Kernel) }

// Exchanger promises that an exchange waits for the fence and no more.
type Exchanger interface {
	//fencelint:waits arg0
	Exchange(f *kern.Fence)
}

type modest struct{}

func (modest) Exchange(f *kern.Fence) { f.Wait() }

type greedy struct{}

func (greedy) Exchange(f *kern.Fence) {
	grow() // want bad-directive[breach]
	f.Wait()
}

type explained struct{}

// Exchange says itself what it does, and is held against what its interface says.
//
//fencelint:waits f
//fencelint:allocates
func (explained) Exchange(f *kern.Fence) {
	grow() // want bad-directive[breach]
	f.Wait()
}

// Hooks has a contract on a field.
type Hooks struct {
	//fencelint:sleeps
	idle func()
}

// NewHooks stores one function that keeps to it and one that does not.
func NewHooks(f *kern.Fence) []Hooks {
	return []Hooks{
		{idle: func() { kern.Sleep(1) }},
		{idle: func() {
			f.Wait() // want bad-directive[breach]
		}},
	}
}

// Exchangers are all of them.
func Exchangers() []Exchanger { return []Exchanger{modest{}, greedy{}, explained{}} }

// More says more, which is allowed.
//
//fencelint:allocates
//fencelint:sleeps
func More() { kern.Alloc(1, kern.Kernel) }

// Trusted says less, and gives the reason why that is all.
//
//fencelint:sleeps
//fencelint:trusted -- the fence is always done by then
func Trusted(f *kern.Fence) {
	kern.Sleep(1)
	f.Wait()
}

//fencelint:sleeps // want bad-directive[breach]

// Detached has a directive that an empty line took away.
func Detached() { kern.Sleep(1) }

func local() {
	//fencelint:waits f // want bad-directive[breach]
	kern.Free(nil)
}

// Use uses it.
func Use() { local() }
