// Package bounded reads files that somebody else may have written: no more of them than
// there is room for.
package bounded

import (
	"fmt"
	"io"
	"os"
)

// ReadFile is like [os.ReadFile] for files of up to limit bytes, and fails on others. A
// device that never ends is such a file.
func ReadFile(name string, limit int64) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > limit {
		return nil, fmt.Errorf("%s has more than %d MB", name, limit>>20)
	}
	return text, nil
}
