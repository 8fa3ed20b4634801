package fact

import (
	"bytes"
	"compress/flate"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
)

// Budget is how many bytes what one package says may have in the facts of those that
// import it. One that would have more says instead that it is unknown: all its
// functions then are to importers what functions out of sight are.
const Budget = 64 << 10

// maxUnpacked bounds what a fact may unpack to, in bytes: what is packed can be a thousand
// times as large.
const maxUnpacked = 1 << 28

var errUnpacked = fmt.Errorf("it unpacks to more than %d MB", maxUnpacked>>20)

// body is what is packed of a unit.
type body Unit

// Pack packs a unit. Where it exceeds the budget its directives stay: they are few, and speak
// for the functions that they stand at.
func Pack(u Unit, budget int) Packed {
	p, err := squeeze(u)
	if err == nil && len(p.Data) > budget {
		u.Summaries = nil
		u.Unknown = fmt.Sprintf("what it says takes %d bytes, more than %d", len(p.Data), budget)
		p, err = squeeze(u)
	}
	if err != nil {
		return Packed{Path: u.Path, Unknown: err.Error()}
	}
	return p
}

func squeeze(u Unit) (Packed, error) {
	p := Packed{Path: u.Path, Unknown: u.Unknown}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return p, fmt.Errorf("pack a fact: %w", err)
	}
	u.Path, u.Unknown = "", ""
	if err := errors.Join(gob.NewEncoder(w).Encode(body(u)), w.Close()); err != nil {
		return p, fmt.Errorf("pack a fact: %w", err)
	}
	p.Data = b.Bytes()
	return p, nil
}

// Unpack returns the units, and for each that cannot be read, and is unknown then, why.
func Unpack(all []Packed) (units []Unit, damaged []error) {
	room := int64(maxUnpacked)
	for _, p := range all {
		u := Unit{Path: p.Path, Unknown: p.Unknown}
		if len(p.Data) > 0 {
			unpacked := &io.LimitedReader{R: flate.NewReader(bytes.NewReader(p.Data)), N: room}
			var content body
			bad := gob.NewDecoder(unpacked).Decode(&content)
			if room = unpacked.N; room <= 0 {
				bad = errUnpacked
			}
			if bad == nil {
				u.Model, u.Summaries, u.Ignores = content.Model, content.Summaries, content.Ignores
			} else {
				u.Unknown = "its fact is damaged"
				damaged = append(damaged, fmt.Errorf("the fact of %s cannot be read, analyse that package again: %w", p.Path, bad))
			}
		}
		units = append(units, u)
	}
	return units, damaged
}
