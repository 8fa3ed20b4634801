package audit

import (
	"strings"
	"unicode"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// roleOf says what a root is for: where a contract makes it one, the name of the method,
// field or func type that has the contract ("timed-out"); else how it comes to run.
func roleOf(sec *reach.Section, spawns []*reach.Spawn) string {
	root := sec.Root()
	if root.RunsVia != "" {
		return words(root.RunsVia[strings.LastIndexByte(root.RunsVia, '.')+1:])
	}
	for _, sp := range spawns {
		if sp.Root.Summary != root {
			continue
		}
		if (sp.Contexts | root.Runs).Has(model.Atomic) {
			return "interrupt"
		}
		return startedAs(sp.Kind)
	}
	switch {
	case root.Runs.Has(model.Atomic):
		return "interrupt"
	case root.Runs.Has(model.Reclaim):
		return "reclaim"
	case root.Runs.Has(model.Notifier):
		return "notifier"
	case sec.Call != nil:
		return "callback"
	case sec.Region != nil && sec.Region.Kind == summary.Published:
		return "publisher"
	case sec.Region != nil:
		return "region"
	}
	return "declared"
}

// called says what a function is for by its own name: a literal has none.
func called(s *summary.Summary) string {
	if strings.Contains(s.Func, "$") {
		return "callback"
	}
	return words(s.Func[strings.LastIndexByte(s.Func, '.')+1:])
}

// startedAs says what something is that was started.
func startedAs(kind summary.SpawnKind) string {
	switch kind {
	case summary.Work:
		return "work"
	case summary.Callback:
		return "callback"
	}
	return "goroutine"
}

// words spells a name of the language as words: TimedOut is timed-out.
func words(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) &&
			(unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
