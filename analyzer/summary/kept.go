package summary

// Kept says that a channel, or what a pointer leads to, is kept in a field or variable,
// or returned: it is known by both names.
type Kept struct {
	In Class
	Of Object // without a name of its class: something unknown
}

// Made is the making of a channel.
type Made struct {
	On  Object
	Cap int // of its buffer; -1 if that is no constant
}

// Lent says that something is handed to who is out of sight, and may be used there.
type Lent struct {
	On Object
	// For is what can be done there with the end of a channel that it was: [NoDirection]
	// for anything.
	For Direction
	// ToCaller says that it goes to who calls the function, or to what he hands it to be
	// called: nobody out of sight has it where all its callers are in sight.
	ToCaller bool
	// Mixed says that it is in sight all the same, but may be known there as one of several:
	// an element of a list, a variable that is set more than once.
	Mixed bool
}
