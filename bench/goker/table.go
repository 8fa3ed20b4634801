package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"strings"

	"github.com/fencelint/fencelint/bench/internal/place"
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
	lines := bufio.NewScanner(strings.NewReader(expected))
	header := true
	for n := 1; lines.Scan(); n++ {
		text := lines.Text()
		if strings.HasPrefix(text, "#") {
			continue
		}
		if header {
			header = false
			continue
		}
		k, err := parse(text)
		if err != nil {
			return nil, fmt.Errorf("expected.tsv:%d: %w", n, err)
		}
		out = append(out, k)
	}
	return out, lines.Err()
}

func parse(row string) (kernel, error) {
	cells := strings.Split(row, "\t")
	if len(cells) != 5 {
		return kernel{}, fmt.Errorf("%d cells, want 5", len(cells))
	}
	k := kernel{name: cells[0], category: cells[1], subtype: cells[2]}
	var err error
	if k.blocks, err = place.Parse(cells[3]); err != nil {
		return kernel{}, err
	}
	if cells[4] != "-" {
		k.locks = strings.Fields(cells[4])
	}
	return k, nil
}
