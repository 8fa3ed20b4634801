package directive_test

import (
	"fmt"
	"go/types"
	"testing"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/model"
)

const header = `package p
type F struct{}
func body() {}
`

// Each text is appended to the header; want is "line:col: message", the line counted
// from the end of the header.
var problemTests = []struct{ name, text, want string }{
	// Not a directive at all.
	{"blank", "// fencelint:waits f\nfunc a(f F) {}", `1:1: not a directive: no blanks, lower case, a colon; did you mean "//fencelint:waits"?`},
	{"blank after colon", "//fencelint: waits f\nfunc a(f F) {}", `1:1: not a directive: no blanks, lower case, a colon; did you mean "//fencelint:waits"?`},
	{"upper case", "//Fencelint:waits f\nfunc a(f F) {}", `1:1: not a directive: no blanks, lower case, a colon; did you mean "//fencelint:waits"?`},
	{"hyphen", "//fence-lint:runs atomic\nfunc a(f F) {}", `1:1: not a directive: no blanks, lower case, a colon; did you mean "//fencelint:runs"?`},
	{"tool misspelt", "//fenclint:waits f\nfunc a(f F) {}", `1:1: not a directive: no blanks, lower case, a colon; did you mean "//fencelint:waits"?`},
	{"tool and word misspelt", "//fenclint:wiats f\nfunc a(f F) {}", `1:1: not a directive: no blanks, lower case, a colon; did you mean "//fencelint:waits"?`},
	{"unknown word", "//Fencelint:x\nfunc a(f F) {}", `1:1: not a directive: a directive begins with "//fencelint:"`},
	{"word in upper case", "//fencelint:Waits f\nfunc a(f F) {}", `1:13: unknown directive "Waits"; did you mean "waits"?`},
	{"no colon", "//fencelint waits f\nfunc a(f F) {}", `1:1: not a directive: no blanks, lower case, a colon; did you mean "//fencelint:waits"?`},
	{"block comment", "/*fencelint:waits f*/\nfunc a(f F) {}", `1:1: not a directive: a directive is a line comment; did you mean "//fencelint:waits"?`},
	{"ignore with a blank", "func a(f F) {\n\t// fencelint:ignore lock-order -- r\n}", `2:2: not a directive: no blanks, lower case, a colon; did you mean "//fencelint:ignore"?`},
	{"prose", "// fencelint: the tool\n// fencelint reads it. Fence lint.\n// lint: waits\n//\t//fencelint:bogus\nfunc a(f F) {}", ""},
	{"prose that begins with a word like the name", "// KeyctlInt calls keyctl commands.\n// Fenclint waits for all.\nfunc a(f F) {}", ""},

	// Unknown words.
	{"unknown", "//fencelint:wait f\nfunc a(f F) {}", `1:13: unknown directive "wait"; did you mean "waits"?`},
	{"unknown on a type", "//fencelint:fnce\ntype G struct{}", `1:13: unknown directive "fnce"; did you mean "fence"?`},
	{"unknown without a guess", "//fencelint:frobnicates\ntype G struct{}", `1:13: unknown directive "frobnicates"`},
	{"unknown in a body", "func a() {\n\t//fencelint:ignroe lock-order -- r\n}", `2:2: unknown directive "ignroe"; did you mean "ignore"?`},
	{"no word", "//fencelint:\nfunc a(f F) {}", `1:1: a directive without a word`},

	// Misplaced.
	{"followed by a blank line", "//fencelint:waits f\n\nfunc a(f F) {}", `1:1: misplaced waits: it must stand directly above what it describes, without a blank line, or in its doc comment`},
	{"behind a function", "func a(f F) {} //fencelint:waits f", `1:16: misplaced waits: it must stand directly above what it describes, without a blank line, or in its doc comment`},
	{"in a body", "func a(f F) {\n\t//fencelint:waits f\n\tg := func() {}\n\tg()\n}", `2:2: misplaced waits: inside a function body only ignore can stand; a function literal or a local type cannot be described`},
	{"on a local type", "func a() {\n\t//fencelint:fence\n\ttype g struct{}\n}", `2:2: misplaced fence: inside a function body only ignore can stand; a function literal or a local type cannot be described`},
	{"on a group", "//fencelint:fence\ntype (\n\tG struct{}\n)", `1:1: misplaced fence: it must stand directly above what it describes, without a blank line, or in its doc comment`},
	{"in a struct without a name", "type G struct {\n\tin struct {\n\t\t//fencelint:fence\n\t\tc chan int\n\t}\n}", `3:3: misplaced fence: it stands above nothing that has a full name (fields of a struct without a name do not)`},
	{"on an embedded field", "type G struct {\n\t//fencelint:fence\n\tF\n}", `2:2: misplaced fence: an embedded field has no name of its own: describe its type, or name the field`},
	{"behind an embedded field", "type G struct {\n\tF //fencelint:fence\n}", `2:4: misplaced fence: an embedded field has no name of its own: describe its type, or name the field`},
	{"on a blank field", "type G struct {\n\t_ F //fencelint:fence\n}", `2:6: misplaced fence: a blank field cannot be used`},
	{"on an embedded interface", "type I interface{ M() }\ntype J interface {\n\t//fencelint:blocks\n\tI\n}", `3:2: misplaced blocks: an embedded interface or type term has no name of its own: describe the methods where they are declared`},
	{"on an alias", "//fencelint:fence\ntype G = F", `1:1: misplaced fence: an alias is the type that it names: describe that one`},
	{"function word on a type", "//fencelint:waits f\ntype G struct{}", `1:1: misplaced waits: it describes a function, method, interface method, func-typed field or named func type, not a type`},
	{"function word on a field", "type G struct {\n\tx int //fencelint:blocks\n}", `2:8: misplaced blocks: it describes a function, method, interface method, func-typed field or named func type, not a field`},
	{"function word on a variable", "//fencelint:blocks\nvar hook func()", `1:1: misplaced blocks: it describes a function, method, interface method, func-typed field or named func type, not a variable`},
	{"function word on a constant", "//fencelint:blocks\nconst c = 1", `1:1: misplaced blocks: it describes a function, method, interface method, func-typed field or named func type, not a constant`},
	{"type word on a function", "//fencelint:fence\nfunc a() {}", `1:1: misplaced fence: it describes a type, field or variable, not a function`},
	{"type word on a method", "//fencelint:lock\nfunc (F) a() {}", `1:1: misplaced lock: it describes a type, field or variable, not a method`},
	{"type word on a func type", "//fencelint:pool\ntype G func()", `1:1: misplaced pool: it describes a type, field or variable, not a func type`},
	{"type word on an interface method", "type I interface {\n\t//fencelint:fence\n\tM()\n}", `2:2: misplaced fence: it describes a type, field or variable, not an interface method`},
	{"gfp on a field", "type G struct {\n\tx int //fencelint:gfp reclaim=A\n}", `2:8: misplaced gfp: it describes a type, not a field`},
	{"ignore on a type", "//fencelint:ignore lock-order -- r\ntype G struct{}", `1:1: misplaced ignore: it covers a statement or a function, not a type`},
	{"ignore above nothing", "func a() {\n\t//fencelint:ignore lock-order -- r\n\n\tbody()\n}", `2:2: misplaced ignore: no statement begins on the line below, and no code stands before it`},
	{"ignore at the end of a block", "func a() {\n\tbody()\n\t//fencelint:ignore lock-order -- r\n}", `3:2: misplaced ignore: no statement begins on the line below, and no code stands before it`},

	// Names.
	{"no such parameter", "//fencelint:waits g\nfunc a(f F) {}", `1:19: waits: no receiver, parameter or result is called "g"; did you mean "f"?`},
	{"no such parameter, no guess", "//fencelint:waits other\nfunc a(f F) {}", `1:19: waits: no receiver, parameter or result is called "other"`},
	{"blank parameter", "//fencelint:waits _\nfunc a(_ F) {}", `1:19: waits: no receiver, parameter or result is called "_"`},
	{"no receiver", "//fencelint:waits recv\nfunc a(f F) {}", `1:19: waits: there is no receiver`},
	{"position too high", "//fencelint:waits arg1\nfunc a(f F) {}", `1:19: waits: there is no arg1: it has one parameter`},
	{"position of many", "//fencelint:waits arg2\nfunc a(f, g F) {}", `1:19: waits: there is no arg2: it has 2 parameters`},
	{"no result", "//fencelint:publishes ret0\nfunc a(f F) {}", `1:23: publishes: there is no ret0: it has no result`},
	{"no such field", "//fencelint:waits f.b\nfunc a(f *struct{ a F }) {}", `1:19: waits: f (*struct{a F}) has no field "b"; did you mean "a"?`},
	{"no such field deeper", "//fencelint:waits f.a.x\nfunc a(f *struct{ a F }) {}", `1:19: waits: f.a (F) has no field "x"`},
	{"a method is no field", "//fencelint:waits f.M\nfunc a(f interface{ M() }) {}", `1:19: waits: f (interface{M()}) has no field "M"`},
	{"empty field", "//fencelint:waits f.\nfunc a(f F) {}", `1:19: waits: f (F) has no field ""`},
	{"of a field's parameters", "type G struct {\n\tfn func(F) //fencelint:waits recv\n}", `2:31: waits: there is no receiver`},

	// Arguments.
	{"waits what", "//fencelint:waits\nfunc a(f F) {}", `1:13: waits needs the fence or wait queue it waits for`},
	{"wakes what", "//fencelint:wakes\nfunc a(f F) {}", `1:13: wakes needs the wait queue it wakes`},
	{"signals what", "//fencelint:signals\nfunc a(f F) {}", `1:13: signals needs the fence it signals`},
	{"publishes what", "//fencelint:publishes\nfunc a(f F) {}", `1:13: publishes needs the fence it publishes`},
	{"takes what", "//fencelint:takes\nfunc a(f F) {}", `1:13: takes needs the fence it takes over`},
	{"acquires what", "//fencelint:acquires\nfunc a(f F) {}", `1:13: acquires needs the lock or pool it acquires`},
	{"releases what", "//fencelint:releases\nfunc a(f F) {}", `1:13: releases needs the lock or pool it releases`},
	{"calls what", "//fencelint:calls\nfunc a(f F) {}", `1:13: calls needs the function parameter it calls`},
	{"queues what", "//fencelint:queues\nfunc a(f F) {}", `1:13: queues needs the function parameter it queues`},
	{"queues where", "//fencelint:queues f\nfunc a(f F) {}", `1:13: queues needs "on" and a work queue`},
	{"queues on what", "//fencelint:queues f on\nfunc a(f F) {}", `1:22: queues: "on" needs a work queue after it`},
	{"flushes what", "//fencelint:flushes\nfunc a(f F) {}", `1:13: flushes needs the work queue it flushes`},
	{"until what", "//fencelint:waits f until\nfunc a(f F) {}", `1:21: waits: "until" needs the predicate parameter after it`},
	{"until misspelt", "//fencelint:waits f untill f\nfunc a(f F) {}", `1:21: waits: unexpected "untill"; did you mean "until"?`},
	{"calls in what", "//fencelint:calls f in\nfunc a(f F) {}", `1:21: calls: "in" needs a context after it`},
	{"bounded misspelt", "//fencelint:sleeps bound\nfunc a(f F) {}", `1:20: sleeps: unexpected "bound"; only "bounded" can stand here`},
	{"bounded almost", "//fencelint:sleeps boundet\nfunc a(f F) {}", `1:20: sleeps: unexpected "boundet"; did you mean "bounded"?`},
	{"try on releases", "//fencelint:releases f try\nfunc a(f F) {}", `1:24: releases: unexpected "try"; nothing more can stand here`},
	{"acquires options", "//fencelint:acquires f maybe\nfunc a(f F) {}", `1:24: acquires: unexpected "maybe"; only "shared" or "try" can stand here`},
	{"option twice", "//fencelint:acquires f try try\nfunc a(f F) bool { return true }", `1:28: acquires: "try" is said twice`},
	{"too much", "//fencelint:blocks f\nfunc a(f F) {}", `1:20: blocks: unexpected "f"; nothing more can stand here`},
	{"two objects", "//fencelint:signals f f\nfunc a(f F) {}", `1:23: signals: unexpected "f"; nothing more can stand here`},

	// Contexts.
	{"no context", "//fencelint:runs\nfunc a() {}", `1:13: runs needs a context: one of signalling, reclaim, notifier, atomic, nofs, noio, noreclaim, opportunistic, noheap`},
	{"enters nothing", "//fencelint:enters\nfunc a() {}", `1:13: enters needs a context: one of signalling, reclaim, notifier, atomic, nofs, noio, noreclaim, opportunistic, noheap`},
	{"misspelt context", "//fencelint:runs signaling\nfunc a() {}", `1:18: runs: "signaling" is no context; did you mean "signalling"?`},
	{"unknown context", "//fencelint:enters irq\nfunc a() {}", `1:20: enters: "irq" is no context: use signalling, reclaim, notifier, atomic, nofs, noio, noreclaim, opportunistic, noheap`},
	{"blank in a list", "//fencelint:runs reclaim, notifier\nfunc a() {}", `1:18: runs: contexts are separated by single commas without blanks: "reclaim,"`},
	{"too many words", "//fencelint:runs reclaim notifier\nfunc a() {}", `1:26: runs: unexpected "notifier"; nothing more can stand here`},
	{"calls no method", "//fencelint:calls l.Les\nfunc a(l interface{ Less() }) {}", `1:19: calls: l (interface{Less()}) has no field "Les"`},
	{"bad context of a callback", "//fencelint:calls f in atomc\nfunc a(f func()) {}", `1:24: calls: "atomc" is no context; did you mean "atomic"?`},

	// Contradictions.
	{"enters and leaves", "//fencelint:enters nofs\n//fencelint:leaves nofs\nfunc a() {}", `2:13: enters and leaves nofs contradict each other`},
	{"signals and takes", "//fencelint:takes f\n//fencelint:signals f\nfunc a(f F) {}", `2:13: signals and takes contradict each other: what is signalled leaves no duty to take over`},
	{"signalling and opportunistic", "//fencelint:runs signalling\n//fencelint:runs opportunistic\nfunc a() {}", `2:18: runs: signalling and opportunistic contradict each other: what is opportunistic guarantees no signal`},
	{"runs twice", "//fencelint:runs atomic,reclaim\n//fencelint:runs atomic\nfunc a() {}", `2:13: runs atomic is said twice`},
	{"effect twice", "//fencelint:waits f\n//fencelint:waits f bounded\nfunc a(f F) {}", `2:13: waits is said twice of the same`},
	{"sleeps twice", "//fencelint:sleeps\n//fencelint:sleeps\nfunc a(f F) {}", `2:13: sleeps is said twice of the same`},
	{"enters twice", "//fencelint:enters nofs\n//fencelint:enters nofs\nfunc a(f F) {}", `2:13: enters is said twice of the same`},
	{"enters others", "//fencelint:enters nofs\n//fencelint:enters noio\nfunc a(f F) {}", ""},
	{"two waits", "//fencelint:waits f\n//fencelint:waits g\nfunc a(f, g F) {}", ""},
	{"takes and releases", "//fencelint:acquires f\n//fencelint:releases f\nfunc a(f F) {}", ""},
	{"trusted without reason", "//fencelint:trusted\nfunc a() {}", `1:13: trusted needs a reason: trusted -- REASON`},
	{"trusted with an empty reason", "//fencelint:trusted -- // comment\nfunc a() {}", `1:13: trusted needs a reason: trusted -- REASON`},
	{"trusted without dashes", "//fencelint:trusted by me\nfunc a() {}", `1:21: trusted takes a reason only: trusted -- REASON`},
	{"trusted twice", "//fencelint:trusted -- a\n//fencelint:trusted -- b\nfunc a() {}", `2:13: trusted is said twice`},
	{"two kinds", "//fencelint:fence\n//fencelint:lock\ntype G struct{}", `2:13: fence and lock contradict each other: a type is one kind of thing`},
	{"kind twice", "//fencelint:fence\n//fencelint:fence\ntype G struct{}", `2:13: fence is said twice`},

	// Types.
	{"fence option", "//fencelint:fence strong\ntype G struct{}", `1:19: fence: unexpected "strong"; nothing more can stand here`},
	{"lock option", "//fencelint:lock spinn\ntype G struct{}", `1:18: lock: unexpected "spinn"; did you mean "spin"?`},
	{"lock over what", "//fencelint:lock over=fenc\ntype G struct{}", `1:18: lock: "fenc" cannot be held over: over= takes fence, reclaim or both, separated by a comma; did you mean "fence"?`},
	{"lock over nothing", "//fencelint:lock over=\ntype G struct{}", `1:18: lock: "" cannot be held over: over= takes fence, reclaim or both, separated by a comma`},
	{"lock over without a value", "//fencelint:lock over\ntype G struct{}", `1:18: lock: unexpected "over"; did you mean "over="?`},
	{"workqueue option", "//fencelint:workqueue order\ntype G struct{}", `1:23: workqueue: unexpected "order"; only "ordered" or "rescuer" can stand here`},
	{"workqueue option twice", "//fencelint:workqueue ordered ordered\ntype G struct{}", `1:31: workqueue: "ordered" is said twice`},
	{"waitgroup is for models", "//fencelint:waitgroup\ntype G struct{}", `1:13: unknown directive "waitgroup"`},
	{"gfp without reclaim", "//fencelint:gfp io=A\ntype G uint\nconst A G = 1", `1:13: gfp needs reclaim=A, the bit that allows direct reclaim`},
	{"gfp of another type", "//fencelint:gfp reclaim=A\ntype G uint\nconst A = 1", `1:17: gfp: "A" is no constant of type G in package p`},
	{"gfp misspelt", "//fencelint:gfp reclaim=Recaim\ntype G uint\nconst Reclaim G = 1", `1:17: gfp: "Recaim" is no constant of type G in package p; did you mean "Reclaim"?`},
	{"gfp of 0", "//fencelint:gfp reclaim=A\ntype G uint\nconst A G = 0", `1:17: gfp: A is 0, which is no bit`},
	{"gfp of a string", "//fencelint:gfp reclaim=A\ntype G string\nconst A G = \"x\"", `1:17: gfp: A is no unsigned integer`},
	{"gfp of a negative number", "//fencelint:gfp reclaim=A\ntype G int\nconst A G = -1", `1:17: gfp: A is no unsigned integer`},

	// Ignore.
	{"ignore what", "//fencelint:ignore -- r\nfunc a() {}", `1:13: ignore needs a rule: ignore RULE[,RULE] [until=YYYY-MM-DD] -- REASON`},
	{"ignore without reason", "//fencelint:ignore lock-order\nfunc a() {}", `1:13: ignore needs a reason, without one it suppresses nothing: ignore RULE -- REASON`},
	{"ignore an unknown rule", "//fencelint:ignore lock-ordr -- r\nfunc a() {}", `1:20: ignore: "lock-ordr" is no rule; did you mean "lock-order"?`},
	{"ignore bad-directive", "//fencelint:ignore bad-directive -- r\nfunc a() {}", `1:20: ignore: bad-directive cannot be ignored: correct the directive or remove it`},
	{"ignore unused-ignore", "//fencelint:ignore unused-ignore -- r\nfunc a() {}", `1:20: ignore: unused-ignore cannot be ignored: correct the directive or remove it`},
	{"ignore a rule twice", "//fencelint:ignore lock-order,lock-order -- r\nfunc a() {}", `1:20: ignore: lock-order is said twice`},
	{"ignore until a bad date", "//fencelint:ignore lock-order until=2025-13-01 -- r\nfunc a() {}", `1:31: ignore: "2025-13-01" is no date: until=YYYY-MM-DD`},
	{"ignore until twice", "//fencelint:ignore lock-order until=2025-12-01 until=2025-12-01 -- r\nfunc a() {}", `1:48: ignore: until= is said twice`},
	{"ignore something else", "//fencelint:ignore lock-order because -- r\nfunc a() {}", `1:31: ignore: unexpected "because"; only until=YYYY-MM-DD and -- REASON can stand here`},
	{"names share a mistake", "type G struct {\n\ta, b int //fencelint:frob\n}", `2:23: unknown directive "frob"`},
}

func TestProblems(t *testing.T) {
	for _, tt := range problemTests {
		t.Run(tt.name, func(t *testing.T) {
			src, ok := load(t, "p.go", header+tt.text+"\n")
			if !ok {
				t.Fatalf("does not parse: %s", tt.text)
			}
			_, ignores, problems := src.scan()
			expect(t, problems, tt.want)
			if tt.want != "" && len(ignores) > 0 {
				t.Errorf("a wrong ignore counts: %v", ignores)
			}
		})
	}
}

// expect compares problems with the one that is wanted, "" for none.
func expect(t *testing.T, problems []directive.Problem, want string) {
	t.Helper()
	got := ""
	for _, p := range problems {
		got += fmt.Sprintf("%d:%d: %s\n", p.Pos.Line-3, p.Pos.Col, p.Message)
	}
	if want != "" {
		want += "\n"
	}
	if got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

const kinds = `package p
//fencelint:fence
type F struct{}; type Job struct { inner *F }; type Plain struct{ n int }
//fencelint:waitqueue
type Q struct{}
//fencelint:workqueue
type W struct{}
//fencelint:lock
type L struct{}
//fencelint:pool
type P struct{}
//fencelint:gfp reclaim=A
type G uint
const A G = 1
type D struct {
	done chan int //fencelint:fence
	job *Job
	flags uint
	run func()
	n int
}
type Wrapped struct { D }
`

var checkTests = []struct{ name, text, want string }{
	{"waits for a fence", "//fencelint:waits arg0\nfunc a(F) {}", ""},
	{"waits for what wraps a fence", "//fencelint:waits j\nfunc a(j *Job) {}", ""},
	{"waits for a field of that kind", "//fencelint:waits d.done\nfunc a(d *D) {}", ""},
	{"waits for a promoted field", "//fencelint:waits d.done\nfunc a(d *Wrapped) {}", ""},
	{"waits for what nobody knows", "//fencelint:waits arg0\nfunc a[T any](T, chan int, any) {}", ""},
	{"waits for a number", "//fencelint:waits n\nfunc a(n int) {}", "waits: n (int) is not a fence, wait queue, cond or wait group; is a directive missing on its type?"},
	{"waits for a lock", "//fencelint:waits l\nfunc a(l *L) {}", "waits: l (*L) is not a fence, wait queue, cond or wait group; is a directive missing on its type?"},
	{"waits for a plain struct", "//fencelint:waits recv\nfunc (*Plain) a() {}", "waits: recv (*Plain) is not a fence, wait queue, cond or wait group; is a directive missing on its type?"},
	{"waits for a field", "//fencelint:waits d.n\nfunc a(d *D) {}", "waits: d.n (int) is not a fence, wait queue, cond or wait group; is a directive missing on its type?"},
	{"waits for a result", "//fencelint:waits ret0\nfunc a() (f F) { return }", "waits: ret0 is a result, which does not exist before the call returns"},
	{"until on a fence", "//fencelint:waits f until p\nfunc a(f *F, p func() bool) {}", "waits: f (*F) is not a wait queue, which until needs; is a directive missing on its type?"},
	{"until no predicate", "//fencelint:waits q until p\nfunc a(q *Q, p func()) {}", "waits: p (func()) is no predicate: until needs a function that returns a bool"},
	{"until a bool", "//fencelint:waits q until p\nfunc a(q *Q, p bool) {}", "waits: p (bool) is no predicate: until needs a function that returns a bool"},
	{"until", "//fencelint:waits q until p\nfunc a(q *Q, p func() bool) {}", ""},
	{"wakes a fence", "//fencelint:wakes f\nfunc a(f F) {}", "wakes: f (F) is not a wait queue, cond or wait group; is a directive missing on its type?"},
	{"signals a queue", "//fencelint:signals q\nfunc a(q *Q) {}", "signals: q (*Q) is not a fence; is a directive missing on its type?"},
	{"publishes a result", "//fencelint:publishes ret0\nfunc a() (f *F) { return }", ""},
	{"takes a number", "//fencelint:takes n\nfunc a(n int) {}", "takes: n (int) is not a fence; is a directive missing on its type?"},
	{"acquires a fence", "//fencelint:acquires f\nfunc a(f *F) {}", "acquires: f (*F) is not a lock or pool; is a directive missing on its type?"},
	{"acquires a pool", "//fencelint:acquires p try\nfunc a(p *P) error { return nil }", ""},
	{"try without a result", "//fencelint:acquires l try\nfunc a(l *L) int { return 0 }", "acquires: try needs a bool or error result that tells whether it was acquired"},
	{"releases a number", "//fencelint:releases n\nfunc a(n int) {}", "releases: n (int) is not a lock or pool; is a directive missing on its type?"},
	{"allocates", "//fencelint:allocates g\nfunc a(g G) {}", ""},
	{"allocates with a number", "//fencelint:allocates d.flags\nfunc a(d D) {}", "allocates: d.flags (uint) is not a value of an allocation-flags type (gfp); is a directive missing on its type?"},
	{"calls a number", "//fencelint:calls n\nfunc a(n int) {}", "calls: n (int) is no function"},
	{"calls a field", "//fencelint:calls d.run async\nfunc a(d *D) {}", ""},
	{"calls a method", "//fencelint:calls l.Less\nfunc a(l interface{ Less() }) {}", ""},
	{"calls a type parameter", "//fencelint:calls f\nfunc a[F func() | func(int)](f F) {}", ""},
	{"queues a struct", "//fencelint:queues d on w\nfunc a(d *D, w *W) {}", "queues: d (*D) is no function"},
	{"queues on a wait queue", "//fencelint:queues f on w\nfunc a(f func(), w *Q) {}", "queues: w (*Q) is not a work queue; is a directive missing on its type?"},
	{"flushes a wait queue", "//fencelint:flushes w\nfunc a(w *Q) {}", "flushes: w (*Q) is not a work queue; is a directive missing on its type?"},
	{"on an interface method", "type I interface {\n//fencelint:waits arg0\nm(int)\n}", "waits: arg0 (int) is not a fence, wait queue, cond or wait group; is a directive missing on its type?"},
	{"on a func type", "//fencelint:waits arg0\ntype Fn func(int)", "waits: arg0 (int) is not a fence, wait queue, cond or wait group; is a directive missing on its type?"},
	{"on a field", "type S struct {\nfn func(int) //fencelint:calls arg0\n}", "calls: arg0 (int) is no function"},
	{"on a generic method", "type S[T any] struct{}\n//fencelint:calls n\nfunc (s *S[X]) m(n int) {}", "calls: n (int) is no function"},
	{"what did not type-check", "//fencelint:calls n\n//fencelint:waits n\nfunc a(n Missing) {}", ""},
}

func TestCheck(t *testing.T) {
	for _, tt := range checkTests {
		t.Run(tt.name, func(t *testing.T) {
			src, ok := load(t, "p.go", kinds+tt.text+"\n")
			if !ok {
				t.Fatalf("does not parse: %s", tt.text)
			}
			pkg, _, problems := src.scan()
			if len(problems) > 0 {
				t.Fatalf("problems before the check: %v", problems)
			}
			byPath := func(path string) *types.Package {
				if path == src.pkg.Path() {
					return src.pkg
				}
				return nil
			}
			got := ""
			for _, p := range directive.Check(model.NewSet(pkg), pkg, byPath) {
				got += p.Message
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
