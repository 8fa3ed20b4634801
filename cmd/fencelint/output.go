package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// output has write write to standard output or to the file that -o names.
func (s *settings) output(stdout io.Writer, write func(io.Writer) error) error {
	s.progress.stop()
	if s.out == "" {
		return write(stdout)
	}
	return replace(s.out, write)
}

// replace has write write a file that takes the place of the one of that name once it
// is complete: nobody sees a part of it, and where writing fails what was there stays.
// What is no regular file, a pipe or a terminal, is written to as it is.
func replace(name string, write func(io.Writer) error) error {
	mode := fs.FileMode(0o666) // less what the umask takes
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return through(name, write)
	case err == nil:
		mode = info.Mode().Perm()
		// A link keeps being one.
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return fmt.Errorf("cannot write: %w", err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("cannot write: %w", err)
	}
	part := fmt.Sprintf("%s.%d.part", name, os.Getpid())
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		if failure, ok := errors.AsType[*fs.PathError](err); ok {
			failure.Path = name // the one that the user knows
		}
		return fmt.Errorf("cannot write: %w", err)
	}
	err = errors.Join(write(file), file.Close())
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		return fmt.Errorf("cannot write: %w", errors.Join(err, os.Remove(part)))
	}
	return nil
}

func through(name string, write func(io.Writer) error) error {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("cannot write: %w", err)
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return fmt.Errorf("cannot write: %w", err)
	}
	return nil
}
