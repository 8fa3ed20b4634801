package main

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/fencelint/fencelint/bench/internal/place"
	"github.com/fencelint/fencelint/bench/internal/table"
)

//go:embed fixes.tsv
var picked string

// fix is a row of fixes.tsv.
type fix struct {
	project       string
	before, after version
	rule          string
	blocks        []place.Place
	locks         []string
	description   string
}

// version is a package in a version of its module.
type version struct {
	module, number string
	pkg            string // the import path
}

func fixes() ([]fix, error) {
	var out []fix
	err := table.Rows("fixes.tsv", picked, 10, func(cells []string) error {
		f := fix{project: cells[0], rule: cells[6], description: cells[9]}
		var err error
		if f.before, err = parseVersion(cells[1]); err != nil {
			return err
		}
		if f.after, err = parseVersion(cells[2]); err != nil {
			return err
		}
		// The import path in one version is the same below the module's path in the other.
		below, ok := strings.CutPrefix(cells[5], f.before.module)
		if !ok {
			return fmt.Errorf("package %s is not in module %s", cells[5], f.before.module)
		}
		f.before.pkg, f.after.pkg = cells[5], f.after.module+below
		if f.blocks, err = place.Parse(cells[7]); err != nil {
			return err
		}
		if cells[8] != "-" {
			f.locks = strings.Fields(cells[8])
		}
		out = append(out, f)
		return nil
	})
	return out, err
}

func parseVersion(text string) (version, error) {
	module, number, ok := strings.Cut(text, "@")
	if !ok {
		return version{}, fmt.Errorf("version %q: want MODULE@VERSION", text)
	}
	return version{module: module, number: number}, nil
}
