package main

import "testing"

func TestTable(t *testing.T) {
	list, err := fixes()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 10 {
		t.Errorf("%d fixes are picked, want 10", len(list))
	}
	for _, f := range list {
		if f.before == f.after {
			t.Errorf("%s: both sides are %s@%s", f.project, f.before.module, f.before.number)
		}
	}
}
