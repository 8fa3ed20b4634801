package summary

// Spot is a place in the control flow of a function, by its key, as of a [Site].
type Spot struct {
	Func         string
	Block, Order int
}

// Spot is the place of a site in a function.
func (s *Site) Spot(key string) Spot { return Spot{key, s.Block, s.Order} }

// Mark is what is known somewhere of a flag: a bool of an object, by the full name of its field,
// which says that something has been done with the object.
type Mark struct {
	Field string
	Set   bool
	Asked Spot // where it was found not to be set
}

// Marks is what fields say of what has been done with objects.
type Marks struct {
	// Flags are those that are known to be set, or not to be, at operations and calls. Raised
	// is where they may be set.
	Flags  map[Spot][]Mark
	Raised map[string][]Spot
	// States are the fields, of objects that a function was handed, that have to be, or not to
	// be, some constant for it to come to an operation or call, sorted. Changed are the
	// functions, by key and sorted, that change them in objects that were there before.
	States  map[Spot][]string
	Changed map[string][]string
}
