// Package config is what a user can set: by flags, and in a file at the root of the
// module. For the modular mode its analyzer's flags, read once a package, are its
// Result: no option is package-level state.
package config

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer/baseline"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/modelfile"
	"github.com/fencelint/fencelint/internal/bounded"
)

// Options is what was set for the modular mode.
type Options struct {
	Show     finding.Filter
	Models   []*model.Package   // of the model files, in the order given
	Baseline *baseline.Baseline // nil without one
	Tests    bool               // analyse test files as well
	Standard bool               // analyse the standard library as well, in place of believing the model
	Wire     bool               // messages are findings in JSON, for fencelint vet to read
	Err      error              // why a file could not be read
}

const name = "fencelint"

// Analyzer holds the flags. Its name is the prefix of the flags under go vet:
// -fencelint.models=FILE.
var Analyzer = &analysis.Analyzer{
	Name:       name,
	Doc:        "configuration of the fencelint analyzers; reports nothing by itself",
	Run:        func(pass *analysis.Pass) (any, error) { return read(&pass.Analyzer.Flags), nil },
	ResultType: reflect.TypeFor[*Options](),
	Flags:      flags(),
}

// choice is a text that may not have been set.
type choice struct {
	text   string
	set    bool
	toggle bool
}

func (c *choice) String() string     { return c.text }
func (c *choice) IsBoolFlag() bool   { return c.toggle }
func (c *choice) Set(s string) error { c.text, c.set = s, true; return nil }

func flags() flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	usage := map[string]string{
		RulesFlag:    "look for these `rules` only, separated by commas",
		MinLevelFlag: "leave out what is less than this `level`: error, warning or note (default warning, and error where nothing is annotated)",
		EvidenceFlag: "leave out findings that hold only by contract",
		ModelsFlag:   "model `files`, separated by commas",
		BaselineFlag: "leave out the findings that are listed in `file`",
		TestsFlag:    "analyse test files as well",

		GeneratedFlag: "show what is found in generated files without directives as well",
	}
	for _, k := range Keys() {
		if !k.Command {
			set.Var(&choice{toggle: k.toggle}, k.Name, usage[k.Name])
		}
	}
	set.String(ConfigFlag, "", "configuration `file`; "+FileName+" at the root of the module if there is one, none with "+Off)
	set.Bool(WireFlag, false, "write messages as JSON, for fencelint vet")
	set.Bool(StandardFlag, false, "analyse the standard library too, for comparison: it takes long, and the same is found")
	// The go command's cache does not know the contents of files, nor which packages were
	// asked for by name: fencelint vet puts both in here.
	set.String(SaltFlag, "", "any text; it is part of the key of go vet's cache")
	return *set
}

// read never fails: an error in one package would leave its importers without facts,
// in silence.
func read(set *flag.FlagSet) *Options {
	is := func(flag string) bool { return set.Lookup(flag).Value.String() == "true" }
	opts := &Options{Wire: is(WireFlag), Standard: is(StandardFlag)}
	opts.Err = opts.read(set)
	return opts
}

func (o *Options) read(set *flag.FlagSet) error {
	values, own, err := fromFiles(set.Lookup(ConfigFlag).Value.String())
	if err != nil {
		return err
	}
	for _, k := range Keys() {
		if k.Command {
			continue
		}
		if c := set.Lookup(k.Name).Value.(*choice); c.set {
			given := strings.FieldsFunc(c.text, func(r rune) bool { return r == ',' })
			if err := Check(k.Name, given); err != nil {
				return fmt.Errorf("-%s.%s: %w", name, k.Name, err)
			}
			values[k.Name] = given
		}
	}
	is := func(key string) bool { return strings.Join(values[key], "") == "true" }
	o.Show.Rules, o.Show.Evidence, o.Show.Generated = values[RulesFlag], is(EvidenceFlag), is(GeneratedFlag)
	o.Tests = is(TestsFlag)
	if level := values[MinLevelFlag]; len(level) > 0 {
		o.Show.MinLevel = finding.Level(level[0])
	}
	if name := values[BaselineFlag]; len(name) > 0 {
		if o.Baseline, err = baseline.Read(name[0]); err != nil {
			return err
		}
	}
	o.Models, err = Models(slices.Concat(own, values[ModelsFlag])...)
	return err
}

// fromFiles reads the configuration file of that name or, without one, that at the root
// of the module in which this runs: go vet starts its tool where the package is. It
// returns the module's own model file, too.
func fromFiles(name string) (values map[string][]string, models []string, err error) {
	values = make(map[string][]string)
	if name == Off {
		return values, nil, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, nil, fmt.Errorf("cannot find the configuration: %w", err)
	}
	root := Root(dir)
	if own := InRoot(root, ModelFile); own != "" {
		models = []string{own}
	}
	name = cmp.Or(name, InRoot(root, FileName))
	if name == "" {
		return values, models, nil
	}
	settings, err := Read(name)
	for _, s := range settings {
		values[s.Key] = s.Values
	}
	return values, models, err
}

// MaxModelFile bounds the size of a model file, in bytes.
const MaxModelFile = 16 << 20

// Models reads model files.
func Models(files ...string) ([]*model.Package, error) {
	var models []*model.Package
	for _, file := range files {
		text, err := bounded.ReadFile(file, MaxModelFile)
		if err != nil {
			return nil, fmt.Errorf("cannot read model file: %w", err) // names the file
		}
		parsed, err := modelfile.Parse(file, string(text))
		if err != nil {
			return nil, err
		}
		models = append(models, parsed)
	}
	return models, nil
}
