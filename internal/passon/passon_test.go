package passon_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/fencelint/fencelint/internal/passon"
)

var packages = flag.String("packages", "fmt os/user", "compare for these `packages` and what they import")

// The test binary is the vet tool too: it runs unitchecker, itself once more, and
// compares what that writes.
const (
	unitDir     = "PASSON_UNITS"  // where a file says for each unit what is wrong
	unitchecked = "PASSON_CHECKS" // set where it is unitchecker alone
)

func TestMain(m *testing.M) {
	last := os.Args[len(os.Args)-1]
	dir := os.Getenv(unitDir)
	switch {
	case dir != "" && os.Getenv(unitchecked) == "" && strings.HasSuffix(last, ".cfg"):
		if err := compare(last, dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	case dir != "":
		unitchecker.Main(silent())
	default:
		os.Exit(m.Run())
	}
}

type fact struct{}

// AFact marks fact as a fact: analyzers with facts run on what is imported.
func (*fact) AFact() {}

func silent() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:      "silent",
		Doc:       "say nothing",
		FactTypes: []analysis.Fact{new(fact)},
		Run:       func(*analysis.Pass) (any, error) { return nil, nil },
	}
	a.Flags.String("salt", "", "any `text` that becomes part of the cache's key")
	return a
}

// compare runs both ways through a unit.
func compare(config, dir string) error {
	cmd := exec.Command(os.Args[0], os.Args[1:]...)
	cmd.Env = append(os.Environ(), unitchecked+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	unit, err := passon.Read(config)
	if err != nil {
		return err
	}
	want, err := os.ReadFile(unit.VetxOutput)
	if err != nil {
		return err
	}
	name := filepath.Join(dir, strings.ReplaceAll(unit.ImportPath, "/", "!"))
	unit.VetxOnly = true
	unit.VetxOutput, unit.Stdout = name+".types", ""
	wrong := ""
	if err := unit.Types(); err != nil {
		wrong = err.Error()
	} else if got, err := os.ReadFile(unit.VetxOutput); err != nil {
		return err
	} else if !bytes.Equal(got, want) {
		wrong = fmt.Sprintf("%d bytes that are not the %d of unitchecker", len(got), len(want))
	}
	return os.WriteFile(name+".said", []byte(wrong), 0o666)
}

// What is handed on is to the byte what unitchecker hands on.
func TestTypes(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks some fifty packages of the standard library")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	args := append([]string{"vet", "-vettool=" + self, "-silent.salt=" + dir}, strings.Fields(*packages)...)
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Env = append(os.Environ(), unitDir+"="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	units, err := filepath.Glob(filepath.Join(dir, "*.said"))
	if err != nil {
		t.Fatal(err)
	}
	if len(units) < 20 {
		t.Errorf("%d units only", len(units))
	}
	for _, unit := range units {
		if said, err := os.ReadFile(unit); err != nil || len(said) > 0 {
			t.Errorf("%s: %s %v", filepath.Base(unit), said, err)
		}
	}
}

// What cannot be done in short is left to unitchecker.
func TestFails(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	out := filepath.Join(dir, "out")
	source := file("p.go", "package p\n\nimport \"q\"\n\nvar V q.T\n")
	imports := func(vetx string) passon.Unit {
		return passon.Unit{
			ImportPath: "p", GoFiles: []string{source}, VetxOnly: true, VetxOutput: out,
			ImportMap: map[string]string{"q": "q"}, PackageVetx: map[string]string{"q": vetx},
		}
	}
	wanted, unnamed := imports(""), imports("")
	wanted.VetxOnly = false
	unnamed.ImportMap = nil
	for name, test := range map[string]struct {
		unit passon.Unit
		err  string
	}{
		"findings are wanted": {wanted, "more than types"},
		"no such file":        {imports(filepath.Join(dir, "none")), "types of q"},
		"import unnamed":      {unnamed, "does not say"},
		"other file":          {imports(file("other", "something else")), "not what a vet tool"},
		"empty":               {imports(file("empty", "")), "not what a vet tool"},
		"only the beginning":  {imports(file("short", "vetx\xff\x00")), "not what a vet tool"},
		"cut short":           {imports(file("cut", "vetx\xff\xff\xff\xff\x00\x00\x00\x00i")), "cut short"},
		"no export data":      {imports(file("no", "vetx\x01\x00\x00\x00\x00\x00\x00\x00i")), "q"},
		"syntax":              {passon.Unit{ImportPath: "p", GoFiles: []string{file("s.go", "package")}, VetxOnly: true, VetxOutput: out}, "parse p"},
		"types":               {passon.Unit{ImportPath: "p", GoFiles: []string{file("t.go", "package p; var x int = y")}, VetxOnly: true, VetxOutput: out}, "type-check p"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := test.unit.Types(); err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("error %v, want %q", err, test.err)
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("something is written")
			}
		})
	}
	for _, text := range []string{"", "{", `{"GoFiles": 1}`} {
		if _, err := passon.Read(file("u.cfg", text)); err == nil {
			t.Errorf("%q is read without an error", text)
		}
	}
}
