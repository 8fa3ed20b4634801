// Package spell guesses what a misspelt word was meant to be.
package spell

import (
	"strings"
	"unicode/utf8"
)

// Nearest returns the candidate closest to word, "" if none is close enough to be
// what was meant. Of equally close ones the first wins.
func Nearest(word string, candidates []string) string {
	best, bestDistance := "", limit(word)+1
	for _, c := range candidates {
		if apart := utf8.RuneCountInString(word) - utf8.RuneCountInString(c); max(apart, -apart) >= bestDistance {
			continue // that many insertions alone
		}
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// DidYouMean returns a question to append to a message, "" if there is no guess.
func DidYouMean(word string, candidates []string) string {
	if best := Nearest(word, candidates); best != "" {
		return "; did you mean \"" + best + "\"?"
	}
	return ""
}

// limit is how many edits a word of that length may be away: a third of it, since
// in short words everything resembles everything.
func limit(word string) int { return max(1, len(word)/3) }

// distance counts the edits between a and b: insertions, deletions, replacements
// and swaps of neighbours.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before []int
	above := make([]int, len(y)+1)
	for j := range above {
		above[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(y)]
}
