package table

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestRows(t *testing.T) {
	var got []string
	err := Rows("t.tsv", "# a remark\nname\tvalue\na\t1\n# another\nb\t2\n", 2, func(cells []string) error {
		got = append(got, strings.Join(cells, "="))
		return nil
	})
	if want := []string{"a=1", "b=2"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("rows %q, error %v; want %q", got, err, want)
	}
}

func TestErrors(t *testing.T) {
	bad := errors.New("bad")
	for text, want := range map[string]string{
		"h\th\na\n":       "t.tsv:2: 1 cells, want 2",
		"#\nh\th\n\na\tb": "t.tsv:3: 1 cells, want 2",
		"h\th\na\tb\n":    "t.tsv:2: bad",
	} {
		err := Rows("t.tsv", text, 2, func([]string) error { return bad })
		if err == nil || err.Error() != want {
			t.Errorf("Rows(%q): error %v, want %s", text, err, want)
		}
	}
}
