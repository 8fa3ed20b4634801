package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/fencelint/fencelint/internal/bounded"
	"github.com/fencelint/fencelint/internal/spell"
)

// Setting is a key that was set.
type Setting struct {
	Key    string
	Values []string // several for a list alone; paths are absolute

	source string
	line   int // 0 where the source has no lines
}

// Errorf returns an error that says where the setting stands.
func (s *Setting) Errorf(format string, args ...any) error {
	return fmt.Errorf("%s: %s: %w", at(s.source, s.line), s.Key, fmt.Errorf(format, args...))
}

func at(source string, line int) string {
	if line == 0 {
		return source
	}
	return fmt.Sprintf("%s:%d", source, line)
}

// maxFile bounds the size of a configuration file, in bytes.
const maxFile = 1 << 20

// Read reads a configuration file: a mapping from keys to values, in YAML. Its errors
// are one sentence, with the line that is wrong.
func Read(name string) ([]Setting, error) {
	text, err := bounded.ReadFile(name, maxFile)
	if err != nil {
		return nil, fmt.Errorf("cannot read configuration: %w", err)
	}
	var document, more yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, syntaxError(name, err)
	}
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: there is something behind the end of the document", at(name, more.Line))
	}
	dir, err := filepath.Abs(filepath.Dir(name))
	if err != nil {
		return nil, fmt.Errorf("cannot read configuration: %w", err)
	}
	return settings(name, dir, Keys(), document.Content[0])
}

// Decode reads settings that another program has read from its own configuration, of
// the keys that are not for the command alone. Paths in it are relative to dir.
func Decode(source, dir string, values any) ([]Setting, error) {
	var root yaml.Node
	if err := root.Encode(values); err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	return settings(source, dir, slices.DeleteFunc(Keys(), func(k Key) bool { return k.Command }), &root)
}

var yamlError = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntaxError puts the line where the rest of the world has it.
func syntaxError(name string, err error) error {
	message := strings.ReplaceAll(err.Error(), "\n", " ")
	if m := yamlError.FindStringSubmatch(message); m != nil {
		message = message[len(m[0]):]
		if m[1] != "" {
			name += ":" + m[1]
		}
	}
	return fmt.Errorf("%s: no YAML: %s", name, message)
}

func settings(source, dir string, keys []Key, root *yaml.Node) ([]Setting, error) {
	if root.Tag == "!!null" {
		return nil, nil // comments, or nothing
	}
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s: these are no settings: write KEY: VALUE", at(source, root.Line))
	}
	var all []Setting
	for i := 0; i+1 < len(root.Content); i += 2 {
		s := Setting{Key: root.Content[i].Value, source: source, line: root.Content[i].Line}
		k := slices.IndexFunc(keys, func(k Key) bool { return k.Name == s.Key })
		if k < 0 {
			return nil, fmt.Errorf("%s: no setting is called %q%s", at(source, s.line), s.Key, spell.DidYouMean(s.Key, names(keys)))
		}
		if n := slices.IndexFunc(all, func(before Setting) bool { return before.Key == s.Key }); n >= 0 {
			return nil, s.Errorf("set on line %d already", all[n].line)
		}
		if err := s.read(&keys[k], root.Content[i+1]); err != nil {
			return nil, err
		}
		for n := range s.Values {
			if keys[k].path && !filepath.IsAbs(s.Values[n]) {
				s.Values[n] = filepath.Join(dir, s.Values[n])
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// read reads the value of a key.
func (s *Setting) read(key *Key, value *yaml.Node) error {
	items := []*yaml.Node{value}
	if key.list && value.Kind == yaml.SequenceNode {
		items = value.Content
	}
	for _, item := range items {
		if item.Line > 0 {
			s.line = item.Line
		}
		switch {
		case item.Kind != yaml.ScalarNode || item.Tag == "!!null":
			return s.Errorf("not %s", key.what())
		case key.toggle && item.Tag != "!!bool":
			return s.Errorf("%q is neither true nor false", item.Value)
		}
		if err := Check(s.Key, []string{item.Value}); err != nil {
			return s.Errorf("%w", err)
		}
		s.Values = append(s.Values, item.Value)
	}
	return nil
}

// what describes the value of a key.
func (k *Key) what() string {
	switch {
	case k.list:
		return "a list of texts"
	case k.toggle:
		return "true or false"
	default:
		return "a text"
	}
}
