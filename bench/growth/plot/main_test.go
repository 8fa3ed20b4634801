package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPicture holds the documentation to the figures in it.
func TestPicture(t *testing.T) {
	docs := filepath.Join("..", "..", "..", "docs")
	want, err := picture(filepath.Join(docs, "growth.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(docs, "growth.svg")); err != nil || !bytes.Equal(got, want) {
		t.Errorf("docs/growth.svg is not what is drawn of docs/growth.tsv (%v): run go run . here", err)
	}
}

func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"# remark\nh\th\th\th\th\th\th\th\na\t10\t1\t3\t2\t100\t300\t200\n": "",
		"h\th\th\th\th\th\th\th\na\t10\t1\t3\t2\t100\t300\tmany\n":          "many",
		"h\th\th\th\th\th\th\th\na\t10\n":                                   "wrong number of fields",
	} {
		name := filepath.Join(t.TempDir(), "growth.tsv")
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		rows, err := read(name)
		if want == "" && (err != nil || len(rows) != 1 || rows[0] != row{10, 1, 2, 100, 200}) {
			t.Errorf("read %v, %v", rows, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
