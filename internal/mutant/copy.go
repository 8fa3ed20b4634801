package mutant

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// parts are what a mutant is made of: the module's files and the driver, which
// imports nothing else of the module.
var parts = [...]string{"go.mod", "go.sum", "fencelint.models", "sampledriver"}

// Plant copies the sample driver of the repository at root into dir and applies the
// patch, if there is one.
func Plant(ctx context.Context, root, dir, patch string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make room for a copy: %w", err)
	}
	for _, part := range parts {
		if err := copyTree(filepath.Join(root, part), filepath.Join(dir, part)); err != nil {
			return fmt.Errorf("copy the driver: %w", err)
		}
	}
	if patch == "" {
		return nil
	}
	return Apply(ctx, dir, patch)
}

// Apply applies a patch to the copy in dir.
func Apply(ctx context.Context, dir, patch string) error {
	abs, err := filepath.Abs(patch)
	if err != nil {
		return fmt.Errorf("plant %s: %w", patch, err)
	}
	cmd := exec.CommandContext(ctx, "git", "apply", "--whitespace=nowarn", abs)
	cmd.Dir = dir
	// The copy may lie below a repository that git would take it to be a part of.
	cmd.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("git apply %s: %w\n%s", filepath.Base(patch), err, out)
	}
	return nil
}

// copyTree copies what is at from, if anything is.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == from {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
}

// Root returns the root of the module that the working directory is in.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the module: %w", err)
	}
	for d := range ancestors(dir) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d, nil
		}
	}
	return "", fmt.Errorf("no go.mod in %s or above", dir)
}

func ancestors(dir string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for yield(dir) && filepath.Dir(dir) != dir {
			dir = filepath.Dir(dir)
		}
	}
}
