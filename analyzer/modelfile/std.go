package modelfile

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
)

//go:embed std.model
var std string

//go:embed pools.model
var pools string

// Std returns the models that are shipped: of the standard library, of golang.org/x/sync
// and of pools that people use. It wraps an error that only a mistake in the embedded
// files can cause.
func Std() (*model.Package, error) {
	shipped, err := Parse("std.model", std)
	more, errMore := Parse("pools.model", pools)
	if err := errors.Join(err, errMore); err != nil {
		return &model.Package{Path: "shipped models"}, fmt.Errorf("embedded model: %w", err)
	}
	shipped.Contracts = append(shipped.Contracts, more.Contracts...)
	shipped.Types = append(shipped.Types, more.Types...)
	slices.SortFunc(shipped.Contracts, func(a, b model.Contract) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(shipped.Types, func(a, b model.Type) int { return strings.Compare(a.Name, b.Name) })
	return shipped, nil
}
