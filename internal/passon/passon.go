// Package passon is the short way through a unit of go vet of which nothing is wanted
// but its types.
//
// The go command runs a vet tool on every package that another one depends on, and the
// tool hands on the types of the package beside its facts. Of the standard library
// fencelint has no facts, and there are some 200 of its packages under any program. Types
// do not depend on the bodies of functions, which take most of the time.
package passon

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/gcexportdata"
)

// Unit is what the go command says of a package to a vet tool, as far as its types go:
// see unitchecker.Config.
type Unit struct {
	ImportPath  string
	GoFiles     []string
	GoVersion   string
	ModulePath  string
	Module      *struct{ Path string }
	ImportMap   map[string]string
	PackageVetx map[string]string
	VetxOnly    bool
	VetxOutput  string
	Stdout      string
}

// Read reads the file that the go command passes to a vet tool.
func Read(file string) (*Unit, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read what to analyse: %w", err)
	}
	u := new(Unit)
	if err := json.Unmarshal(text, u); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return u, nil
}

// InModule reports whether the package belongs to a module.
func (u *Unit) InModule() bool {
	return u.ModulePath != "" || u.Module != nil && u.Module.Path != ""
}

// Types writes what unitchecker writes of a unit without facts whose diagnostics nobody
// wants, to the byte. Where it fails nothing is written, and unitchecker knows what to
// say.
func (u *Unit) Types() error {
	if !u.VetxOnly || u.VetxOutput == "" {
		return errors.New("more than types is wanted")
	}
	fset := token.NewFileSet()
	pkg, err := u.check(fset)
	if err != nil {
		return err
	}
	text, err := encode(fset, pkg)
	if err != nil {
		return err
	}
	if err := os.WriteFile(u.VetxOutput, text, 0o666); err != nil {
		return fmt.Errorf("hand on types: %w", err)
	}
	if u.Stdout == "" {
		return nil
	}
	if err := os.WriteFile(u.Stdout, nil, 0o666); err != nil {
		return fmt.Errorf("write no output: %w", err)
	}
	return nil
}

// check type-checks the package without the bodies of its functions.
func (u *Unit) check(fset *token.FileSet) (*types.Package, error) {
	var files []*ast.File
	for _, name := range u.GoFiles {
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("parse %s: %w", u.ImportPath, err)
		}
		files = append(files, file)
	}
	config := types.Config{
		GoVersion:        u.GoVersion,
		IgnoreFuncBodies: true,
		Importer:         &imports{unit: u, fset: fset, known: make(map[string]*types.Package)},
		Sizes:            types.SizesFor("gc", build.Default.GOARCH),
	}
	pkg, err := config.Check(u.ImportPath, fset, files, nil)
	if err != nil {
		return nil, fmt.Errorf("type-check %s: %w", u.ImportPath, err)
	}
	return pkg, nil
}

// imports finds packages in what was handed on of them.
type imports struct {
	unit  *Unit
	fset  *token.FileSet
	known map[string]*types.Package
}

// Import returns the package that the unit calls so.
func (i *imports) Import(name string) (*types.Package, error) {
	path, ok := i.unit.ImportMap[name]
	if !ok {
		return nil, fmt.Errorf("%s does not say what %q is", i.unit.ImportPath, name)
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := i.known[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	text, err := os.ReadFile(i.unit.PackageVetx[path])
	if err != nil {
		return nil, fmt.Errorf("types of %s: %w", path, err)
	}
	encoded, err := decode(text)
	if err != nil {
		return nil, fmt.Errorf("types of %s: %w", path, err)
	}
	return gcexportdata.Read(bytes.NewReader(encoded), i.fset, i.known, path)
}

// A file of types and facts begins with this, and with the lengths of both.
const (
	magic  = "vetx"
	header = len(magic) + 4 + 4
)

// indexed is the mark of its format that export data has elsewhere, and not in such a
// file.
const indexed = 'i'

// encode returns the file of a package without facts.
func encode(fset *token.FileSet, pkg *types.Package) ([]byte, error) {
	var exported bytes.Buffer
	if err := gcexportdata.Write(&exported, fset, pkg); err != nil {
		return nil, fmt.Errorf("encode the types of %s: %w", pkg.Path(), err)
	}
	text, ok := bytes.CutPrefix(exported.Bytes(), []byte{indexed})
	if !ok {
		return nil, fmt.Errorf("encode the types of %s: unknown format", pkg.Path())
	}
	file := append(make([]byte, 0, header+len(text)), magic...)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(text)))
	file = binary.LittleEndian.AppendUint32(file, 0)
	return append(file, text...), nil
}

// decode returns the export data in such a file.
func decode(file []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(file, []byte(magic))
	if !ok || len(file) < header {
		return nil, errors.New("not what a vet tool hands on")
	}
	length := int64(binary.LittleEndian.Uint32(rest))
	text := file[header:]
	if length > int64(len(text)) {
		return nil, errors.New("cut short")
	}
	return append([]byte{indexed}, text[:length]...), nil
}
