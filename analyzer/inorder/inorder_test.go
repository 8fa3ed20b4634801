package inorder_test

import (
	"regexp"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/inorder"
)

func TestRun(t *testing.T) {
	const n = 500
	half := func(task int) []int {
		if task == 0 {
			return nil
		}
		return []int{task / 2, task - 1}[:1+task%2]
	}
	none := func(int) []int { return nil }
	last := func(task int) (others []int) {
		if task > 0 {
			others = []int{task - 1}
		}
		return others
	}
	tests := []struct {
		name   string
		needs  func(task int) []int // said beforehand
		really func(task int) []int // waited for
	}{
		{"nothing", none, none},
		{"what is said", half, half},
		{"one after another", last, last},
		{"what turns out", none, half},
		{"one after another, as it turns out", none, last},
		{"another than is said", half, last},
		{"what is said twice", func(task int) []int { return slices.Concat(half(task), half(task)) }, half},
		{"itself and later ones are no needs", func(task int) []int { return []int{task, min(task+1, n-1)} }, none},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var want, got [n]int
			for task := range n {
				want[task] = 1
				for _, other := range test.really(task) {
					want[task] = (want[task]*3 + want[other]) % 1009
				}
			}
			var times [n]atomic.Int32
			inorder.Run(n, test.needs, func(task int, wait func(int)) {
				times[task].Add(1)
				value := 1
				for _, other := range test.really(task) {
					wait(other)
					value = (value*3 + got[other]) % 1009
				}
				got[task] = value
			})
			for task := range n {
				if times[task].Load() != 1 || got[task] != want[task] {
					t.Fatalf("task %d was done %d times and came to %d, want once and %d", task, times[task].Load(), got[task], want[task])
				}
			}
		})
	}
}

// TestRunRecovers has a task panic that others wait for: they are done, and then it is as if Run
// had.
func TestRunRecovers(t *testing.T) {
	var done atomic.Int32
	none := func(int) []int { return nil }
	why := fault.Guard(func() {
		inorder.Run(100, none, func(task int, wait func(int)) {
			if task > 50 {
				wait(50)
			}
			if task == 50 {
				panic("injected")
			}
			done.Add(1)
		})
	})
	if want := regexp.MustCompile(`^internal error: injected \(in inorder_test\.TestRunRecovers\.`); !want.MatchString(why) {
		t.Errorf("got %q, want %s", why, want)
	}
	if done.Load() != 99 {
		t.Errorf("%d other tasks are done, want 99", done.Load())
	}
}
