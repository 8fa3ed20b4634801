// Plot draws what bench/growth has measured: time and memory of whole programs against their
// number of lines, for the floor and for what fencelint takes beyond it. It is a module of its
// own, so that the plotting library is no dependency of fencelint.
//
//	go run . [-i growth.tsv] [-o growth.svg]
package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"strconv"
)

func main() {
	in := flag.String("i", "../../../docs/growth.tsv", "`file` with the figures")
	out := flag.String("o", "../../../docs/growth.svg", "`file` for the picture")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "plot:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	svg, err := picture(in)
	if err != nil {
		return err
	}
	return os.WriteFile(out, svg, 0o644)
}

// picture draws the figures of a file.
func picture(in string) ([]byte, error) {
	rows, err := read(in)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := draw(&b, rows); err != nil {
		return nil, fmt.Errorf("draw %s: %w", in, err)
	}
	return b.Bytes(), nil
}

// row is what a program takes.
type row struct {
	lines                  float64
	floorCPU, ownCPU       float64 // seconds
	floorMemory, ownMemory float64 // bytes
}

// read reads the figures, of which bench/growth writes a heading and then a line for each
// program.
func read(name string) ([]row, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.Comment, r.FieldsPerRecord = '\t', '#', 8
	records, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var rows []row
	for _, record := range records[min(1, len(records)):] {
		var numbers [8]float64
		for i := 1; i < len(record); i++ {
			if numbers[i], err = strconv.ParseFloat(record[i], 64); err != nil {
				return nil, fmt.Errorf("%s, %s: %w", name, record[0], err)
			}
		}
		rows = append(rows, row{numbers[1], numbers[2], numbers[4], numbers[5], numbers[7]})
	}
	return rows, nil
}
