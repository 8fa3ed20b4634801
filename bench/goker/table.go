package main

import (
	_ "embed"
	"strings"

	"github.com/fencelint/fencelint/bench/internal/place"
	"github.com/fencelint/fencelint/bench/internal/table"
)

//go:embed expected.tsv
var expected string

// kernel is a row of expected.tsv.
type kernel struct {
	name     string
	category string
	subtype  string
	blocks   []place.Place
	locks    []string
}

// categories are GoBench's, in the order in which they are reported.
var categories = [...]string{"resource", "mixed", "communication"}

func kernels() ([]kernel, error) {
	var out []kernel
	err := table.Rows("expected.tsv", expected, 5, func(cells []string) error {
		k := kernel{name: cells[0], category: cells[1], subtype: cells[2]}
		var err error
		if k.blocks, err = place.Parse(cells[3]); err != nil {
			return err
		}
		if cells[4] != "-" {
			k.locks = strings.Fields(cells[4])
		}
		out = append(out, k)
		return nil
	})
	return out, err
}
