package subject

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"

	"github.com/fencelint/fencelint/bench/internal/measure"
)

// Program has a program run on the subject. The go command's cache is the given directory.
func (s *Subject) Program(name, cache, program string, args ...string) measure.Contender {
	return s.contender(name, cache, func(int) []string { return slices.Concat([]string{program}, args) })
}

// Fencelint has fencelint run on the subject, as a whole program.
func (s *Subject) Fencelint(cache, program string) measure.Contender {
	c := s.Program("fencelint", cache, program, "-config=off")
	c.Incomplete = 2
	return c
}

// Vet has go vet run on the subject with the given flags, so that in each round nothing was
// analysed before, of this subject or of what another one imports too: the last flag is one of
// the tool's, and gets another text each time, which becomes part of the cache's key and changes
// nothing else.
func (s *Subject) Vet(name, cache string, flags ...string) measure.Contender {
	return s.contender(name, cache, func(round int) []string {
		return slices.Concat([]string{"go", "vet", "-json"}, flags[:len(flags)-1],
			[]string{fmt.Sprintf("%s=%s%d", flags[len(flags)-1], s.Name, round)})
	})
}

// Again has a contender of Vet run as it was in the given round.
func Again(c measure.Contender, round int) measure.Contender {
	return measure.Contender{Name: c.Name, Finds: c.Finds, Command: func(ctx context.Context, _ int) (*exec.Cmd, error) {
		return c.Command(ctx, round)
	}}
}

func (s *Subject) contender(name, cache string, words func(round int) []string) measure.Contender {
	return measure.Contender{
		Name:  name,
		Finds: []int{1, 3}, // 3 is what programs say that are made with singlechecker
		Command: func(ctx context.Context, round int) (*exec.Cmd, error) {
			words := slices.Concat(words(round), s.Patterns)
			cmd := exec.CommandContext(ctx, words[0], words[1:]...)
			cmd.Dir = s.Dir
			cmd.Env = append(os.Environ(), "GOCACHE="+cache)
			return cmd, nil
		},
	}
}
