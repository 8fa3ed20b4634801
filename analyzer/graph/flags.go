package graph

import (
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Allocation is what is known of an allocation's flags.
type Allocation uint8

// What flags may be.
const (
	NoReclaim   Allocation = iota // it never enters direct reclaim
	CallerOwned                   // whether it may is the choice of a caller out of sight
	MayReclaim
)

// Allocation evaluates the flags of an allocation as st's callers chose them.
func (g *Graph) Allocation(st *reach.State, op *summary.Op) Allocation {
	if len(op.Flags) == 0 {
		return MayReclaim
	}
	mask := g.reclaimMask(op.GFP)
	if mask == 0 {
		return MayReclaim
	}
	result := NoReclaim
	for _, f := range st.Flags(op.Flags) {
		switch {
		case f.Or&mask != 0:
			return MayReclaim
		case f.Param >= 0 && f.And&mask != 0:
			result = CallerOwned
		}
	}
	return result
}

// reclaimMask returns the bits that allow direct reclaim; where the type of the flags
// is not known, those of all flags types.
func (g *Graph) reclaimMask(gfp string) uint64 {
	if t := g.model.Type(gfp); t != nil && t.GFP != nil {
		return t.GFP.Reclaim
	}
	return g.anyReclaim
}

func anyReclaim(set *model.Set) uint64 {
	var mask uint64
	for _, t := range set.Types() {
		if t.GFP != nil {
			mask |= t.GFP.Reclaim
		}
	}
	return mask
}

// Spot is where a decision was made that an operation carries out: the operation
// itself, or the call that chose an allocation's flags.
type Spot struct {
	Path *reach.Path // to the function that decided
	Site *summary.Site
	Call *summary.Call // nil: the operation itself
}

// Spot follows the flags of an allocation up to the call that chose them.
func (g *Graph) Spot(p *reach.Path, op *summary.Op) Spot {
	if op.Kind == summary.OpAlloc {
		mask := g.reclaimMask(op.GFP)
		if up, call := chosenAt(p, op.Flags, mask); call != nil {
			return Spot{Path: up, Site: &call.Site, Call: call}
		}
	}
	if op.Pos.Line == 0 && p.Up != nil {
		// What directives say of a function that was handed over happens where it is called.
		return Spot{Path: p.Up, Site: &p.Call.Site, Call: p.Call}
	}
	return Spot{Path: p, Site: &op.Site}
}

// chosenAt climbs while what allows reclaim is the parameter of a function that the
// path entered by a call.
func chosenAt(p *reach.Path, flags summary.Flags, mask uint64) (*reach.Path, *summary.Call) {
	var (
		at   *reach.Path
		call *summary.Call
	)
	for p.Up != nil {
		param := -1
		for _, f := range flags {
			if f.Or&mask != 0 {
				return at, call // decided here, whatever else may come
			}
			if f.Param >= 0 && f.And&mask != 0 {
				param = f.Param
			}
		}
		if param < 0 {
			return at, call
		}
		flags = nil
		for _, b := range p.Call.Binds {
			if b.Param == param {
				flags = b.Flags
			}
		}
		if flags == nil {
			return at, call
		}
		at, call, p = p.Up, p.Call, p.Up
	}
	return at, call
}
