package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// output has write write to standard output or to the file that -o names.
func (s *settings) output(ctx context.Context, stdout io.Writer, write func(io.Writer) error) error {
	s.progress.stop()
	if s.out == "" {
		return write(stdout)
	}
	if err := replace(ctx, s.out, write); err != nil {
		return fmt.Errorf("cannot write: %w", err)
	}
	return nil
}

// replace has write write a file that takes the place of the one of that name once it
// is complete: nobody sees a part of it, and where writing fails what was there stays.
// The same goes where ctx ends before that. What is no regular file, a pipe or a terminal,
// is written to as it is.
func replace(ctx context.Context, name string, write func(io.Writer) error) error {
	mode := fs.FileMode(0o666) // less what the umask takes
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return through(name, write)
	case err == nil:
		mode = info.Mode().Perm()
		// A link keeps being one.
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	// The file is there for as long as it takes to copy it alone, and not while what goes
	// into it is thought out.
	var text bytes.Buffer
	if err := write(&text); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	part := fmt.Sprintf("%s.%d.part", name, os.Getpid())
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		if failure, ok := errors.AsType[*fs.PathError](err); ok {
			failure.Path = name // the one that the user knows
		}
		return err
	}
	_, err = io.Copy(file, &until{ctx, &text})
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return nil
}

// until reads until its context ends.
type until struct {
	ctx context.Context
	io.Reader
}

func (u *until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Reader.Read(p)
}

func through(name string, write func(io.Writer) error) error {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
