// Package config is what a user can set for the modular mode. Its analyzer's flags,
// read once a package, are its Result: no option is package-level state.
package config

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/modelfile"
)

// The names of the flags, for those who pass them on.
const (
	ModelsFlag   = "models"
	EvidenceFlag = "evidence"
	TestsFlag    = "tests"
	WireFlag     = "wire"
	SaltFlag     = "salt"
)

// Options is what was set.
type Options struct {
	Models   []*model.Package // of the model files, in the order given
	Evidence bool             // leave out what holds only by contract
	Tests    bool             // analyse test files as well
	Wire     bool             // messages are findings in JSON, for fencelint vet to read
	Err      error            // why a model file could not be read
}

// Analyzer holds the flags. Its name is the prefix of the flags under go vet:
// -fencelint.models=FILE.
var Analyzer = &analysis.Analyzer{
	Name:       "fencelint",
	Doc:        "configuration of the fencelint analyzers; reports nothing by itself",
	Run:        func(pass *analysis.Pass) (any, error) { return read(&pass.Analyzer.Flags), nil },
	ResultType: reflect.TypeFor[*Options](),
	Flags:      flags(),
}

func flags() flag.FlagSet {
	set := flag.NewFlagSet("fencelint", flag.ContinueOnError)
	set.String(ModelsFlag, "", "model `files`, separated by commas")
	set.Bool(EvidenceFlag, false, "leave out findings that hold only by contract")
	set.Bool(TestsFlag, false, "analyse test files as well")
	set.Bool(WireFlag, false, "write messages as JSON, for fencelint vet")
	// The go command's cache does not know the contents of model files, nor which
	// packages were asked for by name: fencelint vet puts both in here.
	set.String(SaltFlag, "", "any text; it is part of the key of go vet's cache")
	return *set
}

// read never fails: an error in one package would leave its importers without facts,
// in silence.
func read(set *flag.FlagSet) *Options {
	opts := &Options{Evidence: isSet(set, EvidenceFlag), Tests: isSet(set, TestsFlag), Wire: isSet(set, WireFlag)}
	files := set.Lookup(ModelsFlag).Value.String()
	if files == "" {
		return opts
	}
	opts.Models, opts.Err = Models(strings.Split(files, ",")...)
	return opts
}

func isSet(set *flag.FlagSet, name string) bool { return set.Lookup(name).Value.String() == "true" }

// Models reads model files.
func Models(files ...string) ([]*model.Package, error) {
	var models []*model.Package
	for _, file := range files {
		text, err := os.ReadFile(file)
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
