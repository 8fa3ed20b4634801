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

const heading = "| | facts | own: median, bytes | own: largest, bytes | over budget | with what they pass on: median, bytes | largest, bytes | all, MB | write all, s | read all, s | CPU of go vet, s | share |\n" +
	"|---|---|---|---|---|---|---|---|---|---|---|---|\n"

// printRow prints how large facts are, and what writing each once, decoding it in every
// package that imports it and unpacking there what all imports pass on is of the time of
// go vet.
func printRow(w io.Writer, s *subject.Subject, all []written, vet *measure.Series) {
	var own, whole []int
	var write, read time.Duration
	total, unknown := 0, 0
	for _, f := range all {
		own = append(own, f.own)
		whole = append(whole, f.bytes)
		total += f.bytes
		write += f.write
		read += time.Duration(f.readers)*f.decode + f.unpack
		if f.unknown != "" {
			unknown++
		}
	}
	share := "not measured"
	if cpu := vet.Median(measure.CPU); cpu > 0 {
		share = fmt.Sprintf("%.1f %%", 100*(write+read).Seconds()/cpu)
	}
	fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %d | %d | %.2f | %.2f | %.2f | %.1f | %s |\n", s.Name, len(all),
		median(own), largest(own), unknown, median(whole), largest(whole), float64(total)/1e6,
		write.Seconds(), read.Seconds(), vet.Median(measure.CPU), share)
}

func median(sizes []int) int {
	if len(sizes) == 0 {
		return 0
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

func largest(sizes []int) int {
	most := 0
	for _, n := range sizes {
		most = max(most, n)
	}
	return most
}

// top returns the packages that are over the budget, and before them the n that say most.
func top(all []written, n int) []written {
	within, over := []written{}, []written{}
	for _, f := range slices.SortedStableFunc(slices.Values(all), func(a, b written) int { return cmp.Compare(b.own, a.own) }) {
		if f.unknown != "" {
			over = append(over, f)
		} else {
			within = append(within, f)
		}
	}
	return append(within[:min(n, len(within))], over...)
}

func printLargest(w io.Writer, most []written) {
	if len(most) == 0 {
		return
	}
	fmt.Fprintf(w, "\n| the largest | own, bytes | with what it passes on | imported by | |\n|---|---|---|---|---|\n")
	for _, f := range most {
		fmt.Fprintf(w, "| %s | %d | %d | %d | %s |\n", f.path, f.own, f.bytes, f.readers, f.unknown)
	}
}
