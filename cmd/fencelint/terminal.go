package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// eraseLine empties the line of a terminal that the cursor is in, and goes to its
// beginning.
const eraseLine = "\r\x1b[2K"

// terminal returns how wide the terminal is that w leads to, if it leads to one.
func terminal(w io.Writer) (width int, ok bool) {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(file.Fd()))
	return width, err == nil && width > 0
}

// colorful reports whether text for a terminal may be painted: see no-color.org.
func colorful() bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "" && os.Getenv("TERM") != "dumb"
}
