package model

// Package is what one package, or one model file, declares. It is plain data that
// can be stored in a fact: both slices are sorted by name.
type Package struct {
	// Path is the import path, or the file name of a model file.
	Path      string
	Contracts []Contract
	Types     []Type
}
