package summary

// Flags is what is known of an allocation-flags value: one of its alternatives.
// An empty set means that nothing is known, which counts as allowing everything.
type Flags []Flag

// Flag is one alternative: (param & And) | Or, where param is a parameter of the
// function, or 0 when Param is -1 (then the value is the constant Or).
type Flag struct {
	Param int // ssa.Function.Params order, free variables after them; -1 for a constant
	And   uint64
	Or    uint64
	// Derived says that the value came from the function's own flags parameter, or
	// that the function has none: what gfp-dropped asks.
	Derived bool
}
