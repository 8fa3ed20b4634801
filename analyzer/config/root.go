package config

import (
	"os"
	"path/filepath"
)

// What is read by itself where it lies at the root of a module.
const (
	FileName  = "fencelint.yaml"
	ModelFile = "fencelint.models"
)

// Off is said in place of a configuration file's name for neither to be read.
const Off = "off"

// Root returns the directory of the workspace that dir lies in or, without one, of the
// module; "" if there is neither. It does not ask the go command: a vet tool runs once a
// package.
func Root(dir string) string {
	if work := os.Getenv("GOWORK"); filepath.IsAbs(work) {
		return filepath.Dir(work)
	}
	module := up(dir, "go.mod")
	if os.Getenv("GOWORK") == "off" {
		return module
	}
	if workspace := up(dir, "go.work"); workspace != "" {
		return workspace
	}
	return module
}

// up returns the nearest directory, from dir up, that has a file of that name.
func up(dir, name string) string {
	for InRoot(dir, name) == "" {
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
	return dir
}

// InRoot returns the file of that name in a directory, "" if there is none.
func InRoot(dir, name string) string {
	if dir == "" {
		return ""
	}
	file := filepath.Join(dir, name)
	if _, err := os.Stat(file); err != nil {
		return ""
	}
	return file
}
