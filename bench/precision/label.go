package main

import (
	_ "embed"
	"fmt"
	"io"

	"github.com/fencelint/fencelint/bench/internal/table"
)

//go:embed labels.tsv
var labelled string

// label is what a reader holds a finding to be.
type label string

const (
	isTrue   label = "true"
	intended label = "intended" // dangerous, and known to be
	isFalse  label = "false"
	unknown  label = "can't tell"
	unread   label = "not read"
)

// reading is a row of labels.tsv: a finding, as two readers see it.
type reading struct {
	first, second label
	reasons       [2]string
}

// verdict is what the finding counts as.
func (r reading) verdict() label {
	good := func(l label) bool { return l == isTrue || l == intended }
	switch {
	case r.first == r.second:
		return r.first
	case good(r.first) && good(r.second):
		return intended
	case r.first == unread || r.second == unread:
		return unread
	}
	return isFalse
}

// named is how the table names a finding: one fingerprint can stand for findings in two modules.
type named struct{ module, fingerprint string }

func readings() (map[named]reading, error) {
	out := make(map[named]reading)
	err := table.Rows("labels.tsv", labelled, 6, func(cells []string) error {
		r := reading{first: label(cells[2]), second: label(cells[3]), reasons: [2]string{cells[4], cells[5]}}
		for _, l := range []label{r.first, r.second} {
			switch l {
			case isTrue, intended, isFalse, unknown, unread:
			default:
				return fmt.Errorf("label %q", l)
			}
		}
		key := named{cells[0], cells[1]}
		if _, ok := out[key]; ok {
			return fmt.Errorf("%s has two rows", cells[1])
		}
		out[key] = r
		return nil
	})
	return out, err
}

// tally counts findings by what they count as.
type tally map[label]int

func (t tally) print(w io.Writer) {
	all := 0
	for _, n := range t {
		all += n
	}
	good := t[isTrue] + t[intended]
	fmt.Fprintf(w, "true %d, intended %d, false or disagreed on %d, can't tell %d, not read %d: %s true or intended\n",
		t[isTrue], t[intended], t[isFalse], t[unknown], t[unread], share(good, all))
}
