// Package golangci is fencelint as a module plugin of golangci-lint.
//
// Its settings in .golangci.yml are the keys of fencelint.yaml, which is read as well
// and which they override:
//
//	linters:
//	  enable: [fencelint]
//	  settings:
//	    custom:
//	      fencelint:
//	        type: module
//	        settings:
//	          rules: [alloc-in-signalling, wait-in-signalling]
package golangci

import (
	"fmt"
	"os"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/internal/roster"
)

// Name is what golangci-lint knows the linter by.
const Name = "fencelint"

func init() { register.Plugin(Name, New) }

// New returns the linter with the settings of golangci-lint's configuration. Relative
// paths in them start where golangci-lint runs.
func New(settings any) (register.LinterPlugin, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("settings of %s: %w", Name, err)
	}
	all, err := config.Decode("settings of "+Name, dir, settings)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		if err := config.Analyzer.Flags.Set(s.Key, strings.Join(s.Values, ",")); err != nil {
			return nil, s.Errorf("%w", err)
		}
	}
	return plugin{}, nil
}

type plugin struct{}

// BuildAnalyzers returns the passes and what they rest on.
func (plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) { return roster.Analyzers(), nil }

// GetLoadMode asks for types: facts and SSA need them.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
