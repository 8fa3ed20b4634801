// Package golist asks the go command for packages, and counts their lines.
package golist

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// Package is what is needed of a package.
type Package struct {
	Dir, ImportPath   string
	GoFiles, CgoFiles []string
	EmbedFiles        []string
	Imports           []string
	Standard          bool
}

// List runs go list in dir with the arguments, flags and patterns. Packages are not listed again
// as they are compiled for the profile of one program: nobody can name those.
func List(ctx context.Context, dir string, args ...string) ([]Package, error) {
	args = slices.Concat([]string{"list", "-pgo=off", "-json=Dir,ImportPath,GoFiles,CgoFiles,EmbedFiles,Imports,Standard"}, args)
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.Bytes())
	}
	var pkgs []Package
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p Package
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs, nil
		} else if err != nil {
			return nil, fmt.Errorf("decode the output of go list: %w", err)
		}
		pkgs = append(pkgs, p)
	}
}

// Lines counts the lines of the package's Go files, tests left out.
func (p *Package) Lines() (int, error) {
	lines := 0
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles) {
		src, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			return 0, err
		}
		lines += bytes.Count(src, []byte("\n"))
	}
	return lines, nil
}

// Lines counts the lines of all packages.
func Lines(pkgs []Package) (int, error) {
	lines := 0
	for i := range pkgs {
		n, err := pkgs[i].Lines()
		if err != nil {
			return 0, err
		}
		lines += n
	}
	return lines, nil
}
