package main

import (
	"fmt"
	"strings"
)

// program is a generated one, of a size.
type program struct {
	name   string
	says   string // what it has, with its size
	size   int
	source func(n int) string
}

func programs() []program {
	return []program{
		{"chain", "a chain of %d calls under a lock, with a wait at its end", 5000, chain},
		{"wide", "an interface with %d implementers, each with a lock, called under another lock", 1000, wide},
		{"ring", "%d functions that all call each other in the end, each with a lock", 5000, ring},
		{"classes", "%d locks, each taken under the one before", 10000, classes},
		{"faults", "%d functions that take 3000 locks, two each, in both orders", 40000, faults},
	}
}

const header = `package main

import "sync"

`

func chain(n int) string {
	var b strings.Builder
	b.WriteString(header + "var mu sync.Mutex\n\nvar done = make(chan int)\n\nfunc main() {\n\tmu.Lock()\n\tf0(1)\n\tmu.Unlock()\n}\n")
	for i := range n {
		fmt.Fprintf(&b, "\nfunc f%d(x int) int {\n\tif x > %d {\n\t\treturn x\n\t}\n\treturn f%d(x+1) + 1\n}\n", i, i, i+1)
	}
	fmt.Fprintf(&b, "\nfunc f%d(x int) int { return x + <-done }\n", n)
	return b.String()
}

func wide(n int) string {
	var b strings.Builder
	b.WriteString(header + "type doer interface{ do(x int) int }\n\nvar mu sync.Mutex\n\nvar all []doer\n\nfunc main() {\n")
	for i := range n {
		fmt.Fprintf(&b, "\tall = append(all, &t%d{})\n", i)
	}
	b.WriteString("\tfor _, d := range all {\n\t\tmu.Lock()\n\t\td.do(1)\n\t\tmu.Unlock()\n\t}\n}\n")
	for i := range n {
		fmt.Fprintf(&b, "\ntype t%d struct {\n\tmu sync.Mutex\n\tnext doer\n}\n\nfunc (t *t%d) do(x int) int {\n\tt.mu.Lock()\n\tdefer t.mu.Unlock()\n\tif x > %d && t.next != nil {\n\t\treturn t.next.do(x - 1)\n\t}\n\treturn x\n}\n", i, i, i)
	}
	return b.String()
}

// ring has its locks in a struct: the type checker takes a cube of the functions that
// reach each other to put the package variables that they reach in order.
func ring(n int) string {
	var b strings.Builder
	b.WriteString(header + "func main() { f0(&locks{}, 1) }\n\ntype locks struct {\n")
	for i := range n {
		fmt.Fprintf(&b, "\tm%d sync.Mutex\n", i)
	}
	b.WriteString("}\n")
	for i := range n {
		fmt.Fprintf(&b, "\nfunc f%d(l *locks, x int) int {\n\tl.m%d.Lock()\n\tx++\n\tl.m%d.Unlock()\n\tif x > %d {\n\t\treturn f%d(l, x)\n\t}\n\treturn f%d(l, x)\n}\n", i, i, i, i, (i+1)%n, i*7%n)
	}
	return b.String()
}

func classes(n int) string {
	var b strings.Builder
	b.WriteString(header + "func main() {\n")
	for i := range n - 1 {
		fmt.Fprintf(&b, "\tf%d()\n", i)
	}
	b.WriteString("}\n\nvar (\n")
	for i := range n {
		fmt.Fprintf(&b, "\tm%d sync.Mutex\n", i)
	}
	b.WriteString(")\n")
	for i := range n - 1 {
		b.WriteString(taking(i, i, i+1))
	}
	return b.String()
}

func faults(n int) string {
	const locks = 3000
	var b strings.Builder
	b.WriteString(header + "func main() {\n")
	for i := range n {
		fmt.Fprintf(&b, "\tgo f%d()\n", i)
	}
	b.WriteString("}\n\nvar (\n")
	for i := range locks {
		fmt.Fprintf(&b, "\tm%d sync.Mutex\n", i)
	}
	b.WriteString(")\n")
	for i := range n {
		first, second := i/2%locks, (i/2*7+1)%locks
		if first == second {
			second = (second + 1) % locks
		}
		if i%2 == 1 {
			first, second = second, first
		}
		b.WriteString(taking(i, first, second))
	}
	return b.String()
}

// taking is a function that takes one lock under another.
func taking(i, outer, inner int) string {
	return fmt.Sprintf("\nfunc f%d() {\n\tm%d.Lock()\n\tm%d.Lock()\n\tm%d.Unlock()\n\tm%d.Unlock()\n}\n", i, outer, inner, inner, outer)
}
