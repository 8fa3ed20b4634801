package main

import (
	"fmt"
	"io"
	"time"
)

// row is what came of a corpus.
type row struct {
	name                                       string
	programs, analysed, rejected, findings     int
	panics, hangs, unanalysed, withoutPosition int
	slowest                                    time.Duration
	slowestName                                string
	wrong                                      []string
}

func (r *row) add(o *outcome) {
	r.programs++
	if o.rejected != "" {
		r.rejected++
	} else if !o.hung {
		r.analysed++
	}
	r.findings += o.findings
	if o.hung {
		r.hangs++
	} else {
		r.withoutPosition += len(o.nowhere)
	}
	r.panics += len(o.panics)
	r.unanalysed += len(o.unanalysed)
	if o.took > r.slowest {
		r.slowest, r.slowestName = o.took, o.program
	}
	for _, text := range o.wrong() {
		r.wrong = append(r.wrong, o.program+": "+text)
	}
}

func print(w io.Writer, rows []row) {
	fmt.Fprintln(w, "| corpus | programs | analysed | rejected with a sentence | panics | hangs | left out | findings | without position | slowest |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|---|---|---|")
	for _, r := range rows {
		fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %.1f s, %s |\n", r.name, r.programs, r.analysed, r.rejected,
			r.panics, r.hangs, r.unanalysed, r.findings, r.withoutPosition, r.slowest.Seconds(), r.slowestName)
	}
	for _, r := range rows {
		for _, text := range r.wrong {
			fmt.Fprintf(w, "\n%s: %s\n", r.name, text)
		}
	}
}
