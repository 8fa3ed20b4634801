package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/internal/spell"
)

// The names of the flags, and of the keys of a configuration file that stand for them.
const (
	RulesFlag     = "rules"
	MinLevelFlag  = "min-level"
	EvidenceFlag  = "evidence"
	ModelsFlag    = "models"
	BaselineFlag  = "baseline"
	TestsFlag     = "tests"
	GeneratedFlag = "generated"
)

// Flags of the modular mode that are no keys.
const (
	ConfigFlag   = "config"
	WireFlag     = "wire"
	SaltFlag     = "salt"
	StandardFlag = "standard"
)

// Key is what a configuration file can set. Keys have the names of flags.
type Key struct {
	Name string
	// Command says that it means something to the fencelint command alone: other drivers
	// have settings of their own for that.
	Command bool

	list   bool // of words, or a single one
	toggle bool // true or false
	path   bool // relative to the directory of the file
}

// Keys returns all keys.
func Keys() []Key {
	return []Key{
		{Name: RulesFlag, list: true},
		{Name: MinLevelFlag},
		{Name: EvidenceFlag, toggle: true},
		{Name: ModelsFlag, list: true, path: true},
		{Name: BaselineFlag, path: true},
		{Name: TestsFlag, toggle: true},
		{Name: GeneratedFlag, toggle: true},
		{Name: "tags", list: true, Command: true},
		{Name: "format", Command: true},
		{Name: "show", list: true, Command: true},
	}
}

func names(keys []Key) []string {
	var all []string
	for _, k := range keys {
		all = append(all, k.Name)
	}
	return all
}

// Check says what is wrong with the values of a key, flag or not, as far as all drivers
// agree on it.
func Check(key string, values []string) error {
	for _, v := range values {
		switch {
		case key == RulesFlag && !slices.Contains(finding.Rules(), v):
			return fmt.Errorf("no rule is called %q%s", v, spell.DidYouMean(v, finding.Rules()))
		case key == MinLevelFlag && !slices.Contains(finding.Levels(), finding.Level(v)):
			return fmt.Errorf("%q is none of error, warning and note", v)
		case v == "" && key != BaselineFlag:
			return fmt.Errorf("a value is missing")
		case strings.Contains(v, ","):
			return fmt.Errorf("%q has a comma in it", v)
		}
	}
	return nil
}
