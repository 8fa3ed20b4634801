package main

import (
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/bench/internal/measure"
	"github.com/fencelint/fencelint/bench/internal/subject"
	"github.com/fencelint/fencelint/internal/usage"
)

func TestPrint(t *testing.T) {
	all := []written{
		{path: "a", bytes: 10, own: 10, write: time.Second, decode: time.Second, readers: 2},
		{path: "b", bytes: 40, own: 30, write: time.Second, unpack: time.Second},
		{path: "c", bytes: 90, own: 5, unknown: "too much", write: time.Second},
	}
	vet := &measure.Series{Took: []usage.Usage{{CPU: 60 * time.Second}}}
	var b strings.Builder
	printRow(&b, &subject.Subject{Name: "m"}, all, vet)
	printRow(&b, &subject.Subject{Name: "n"}, nil, new(measure.Series))
	printLargest(&b, top(all, 1))
	const want = `| m | 3 | 10 | 30 | 1 | 40 | 90 | 0.00 | 3.00 | 3.00 | 60.0 | 10.0 % |
| n | 0 | 0 | 0 | 0 | 0 | 0 | 0.00 | 0.00 | 0.00 | 0.0 | not measured |

| the largest | own, bytes | with what it passes on | imported by | |
|---|---|---|---|---|
| b | 30 | 40 | 0 |  |
| c | 5 | 90 | 0 | too much |
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
