package modelfile

import (
	_ "embed"
	"fmt"

	"github.com/fencelint/fencelint/analyzer/model"
)

//go:embed std.model
var std string

// Std returns the model of the standard library and of golang.org/x/sync. It wraps an error that only a
// mistake in the embedded file can cause.
func Std() (*model.Package, error) {
	pkg, err := Parse("std.model", std)
	if err != nil {
		return nil, fmt.Errorf("embedded model: %w", err)
	}
	return pkg, nil
}
