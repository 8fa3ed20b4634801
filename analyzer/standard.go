package analyzer

import (
	"go/types"
	"slices"
	"strings"
)

// standardRoots are the first elements of the import paths of the standard library.
// That a package is in no module proves nothing: neither is it under GOPATH, or Bazel.
var standardRoots = []string{
	"archive", "bufio", "builtin", "bytes", "cmp", "compress", "container", "context",
	"crypto", "database", "debug", "embed", "encoding", "errors", "expvar", "flag", "fmt",
	"go", "hash", "html", "image", "index", "internal", "io", "iter", "log", "maps", "math",
	"mime", "net", "os", "path", "plugin", "reflect", "regexp", "runtime", "slices", "sort",
	"strconv", "strings", "structs", "sync", "syscall", "testing", "text", "time", "unicode",
	"unique", "unsafe", "vendor", "weak",
}

// standard reports whether path is one of the standard library's. For those packages
// the embedded model speaks, unless they are named, and what it does not mention is
// taken to be harmless.
func standard(path string) bool {
	root, _, _ := strings.Cut(path, "/")
	_, found := slices.BinarySearch(standardRoots, root)
	return found
}

// Silent reports whether one package at a time nothing is said of a package, by its path
// and by whether it belongs to a module: it is one of the standard library's, and has no
// facts.
func Silent(path string, inModule bool) bool { return !inModule && standard(path) }

// prints reports whether a package formats and logs: what it does is nothing by decree,
// which analysing it does not change (see std.model).
func prints(path string) bool { return path == "fmt" || path == "log" || path == "log/slog" }

// noReturn reports whether a function never returns. The list, and not an analysis,
// decides, so that both modes see the same paths.
func noReturn(fn *types.Func) bool {
	switch fn.FullName() {
	case "os.Exit", "runtime.Goexit", "log.Fatal", "log.Fatalf", "log.Fatalln",
		"log.Panic", "log.Panicf", "log.Panicln", "(*log.Logger).Fatal",
		"(*log.Logger).Fatalf", "(*log.Logger).Fatalln", "(*testing.common).FailNow",
		"(*testing.common).Fatal", "(*testing.common).Fatalf", "(*testing.common).SkipNow",
		"(*testing.common).Skip", "(*testing.common).Skipf":
		return true
	}
	return false
}

// packageOf returns the import path in the key of a function.
func packageOf(key string) string {
	key = strings.TrimLeft(key, "(*")
	slash := strings.LastIndexByte(untilBracket(key), '/')
	if dot := strings.IndexByte(key[slash+1:], '.'); dot >= 0 {
		return key[:slash+1+dot]
	}
	return key
}

// untilBracket cuts type arguments off, which contain paths of their own.
func untilBracket(s string) string {
	if open := strings.IndexByte(s, '['); open >= 0 {
		return s[:open]
	}
	return s
}
