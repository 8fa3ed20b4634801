package fact

import (
	"bytes"
	"compress/flate"
	"errors"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// TestBudget packs a unit that is too large: its summaries are gone, all of them, and it
// says why; its directives stay.
func TestBudget(t *testing.T) {
	u := Unit{
		Path:      "p",
		Model:     &model.Package{Path: "p", Types: make([]model.Type, 2)},
		Summaries: []*summary.Summary{{Func: "p.F"}, {Func: "p.G"}},
	}
	fits := Pack(u, Budget)
	if fits.Unknown != "" || len(fits.Data) == 0 {
		t.Fatalf("what is small does not fit: %+v", fits)
	}
	large := Pack(u, len(fits.Data)-1)
	if want := "more than"; !strings.Contains(large.Unknown, want) || len(large.Data) >= len(fits.Data) {
		t.Errorf("%d bytes, unknown because %q; want fewer than %d, because it has %s", len(large.Data), large.Unknown, len(fits.Data), want)
	}
	units, damaged := Unpack([]Packed{fits, large})
	if len(damaged) > 0 || len(units) != 2 || len(units[0].Summaries) != 2 || units[0].Unknown != "" {
		t.Fatalf("%v, %v", units, damaged)
	}
	if got := units[1]; len(got.Summaries) > 0 || got.Unknown != large.Unknown || got.Model == nil || len(got.Model.Types) != 2 {
		t.Errorf("got %+v", got)
	}
}

// TestBombs unpacks what is packed very well: none of it may take all memory, nor may many
// together.
func TestBombs(t *testing.T) {
	bomb := func(size int) []byte {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		// A message of gob says how long it is; this length is as much as gob takes.
		_, err = w.Write([]byte{0xfc, 0x3f, 0xff, 0xff, 0xff})
		zeros := make([]byte, 1<<20)
		for range size >> 20 {
			if err == nil {
				_, err = w.Write(zeros)
			}
		}
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	large, half := bomb(maxUnpacked+1<<20), bomb(maxUnpacked/2+1<<20)
	for name, parts := range map[string][]Packed{
		"one":  {{Path: "p", Data: large}},
		"many": {{Path: "p", Data: half}, {Path: "q", Data: half}},
	} {
		_, damaged := Unpack(parts)
		if len(damaged) != len(parts) || !errors.Is(damaged[len(damaged)-1], errUnpacked) {
			t.Errorf("%s: %v", name, damaged)
		}
	}
}
