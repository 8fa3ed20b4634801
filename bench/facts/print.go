package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/fencelint/fencelint/bench/internal/measure"
	"github.com/fencelint/fencelint/bench/internal/subject"
)

const heading = "| | facts | median, bytes | mean, bytes | largest, bytes | all, MB | over budget | write all, s | read all, s | CPU of go vet, s | share |\n" +
	"|---|---|---|---|---|---|---|---|---|---|---|\n"

// printRow prints how large facts are, and what writing each once and reading it in every
// package that imports it is of the time of go vet.
func printRow(w io.Writer, s *subject.Subject, all []written, vet *measure.Series) {
	var sizes []int
	var encode, decode time.Duration
	total, unknown := 0, 0
	for _, f := range all {
		sizes = append(sizes, f.bytes)
		total += f.bytes
		encode += f.encode
		decode += time.Duration(f.readers) * f.decode
		if f.unknown {
			unknown++
		}
	}
	slices.Sort(sizes)
	if len(sizes) == 0 {
		sizes = []int{0}
	}
	share := "not measured"
	if cpu := vet.Median(measure.CPU); cpu > 0 {
		share = fmt.Sprintf("%.1f %%", 100*(encode+decode).Seconds()/cpu)
	}
	fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %.2f | %d | %.2f | %.2f | %.1f | %s |\n", s.Name, len(all),
		sizes[len(sizes)/2], total/len(sizes), sizes[len(sizes)-1], float64(total)/1e6, unknown,
		encode.Seconds(), decode.Seconds(), vet.Median(measure.CPU), share)
}

// top returns the n largest facts.
func top(all []written, n int) []written {
	all = slices.SortedStableFunc(slices.Values(all), func(a, b written) int { return cmp.Compare(b.bytes, a.bytes) })
	return all[:min(n, len(all))]
}

func printLargest(w io.Writer, largest []written) {
	if len(largest) == 0 {
		return
	}
	fmt.Fprintf(w, "\n| the largest | bytes | imported by |\n|---|---|---|\n")
	for _, f := range largest {
		fmt.Fprintf(w, "| %s | %d | %d |\n", f.path, f.bytes, f.readers)
	}
}
