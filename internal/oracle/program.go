package oracle

// Kind is what an object is.
type Kind uint8

// The kinds. Those from Fence on are annotated: they come from testdata/kern.
const (
	Mutex Kind = iota
	RWMutex
	Chan
	Group // a sync.WaitGroup
	Cond  // a sync.Cond
	Flag  // a variable that waits on a Cond look at
	Fence
	Slots // a bounded pool
	Spin  // a lock that is held without sleeping
	Ordered
	Unordered // work queues
)

// Field is a field of a struct type.
type Field struct {
	Name string
	Kind Kind
	Size int // of a channel or pool
	Lock int // of a Cond: the field with its lock; the one after it is its Flag
}

// Type is the type of an object: a struct, or what its one field is where it has no name.
type Type struct {
	Name   string
	Fields []Field
}

// Object is a variable of Run.
type Object struct {
	Name string
	Type int
}

// Ref names something to wait for: a field of a variable of Run, or of a parameter of the
// function that it stands in.
type Ref struct{ Base, Field int }

// Func is a function, or a shrinker or notifier, whose parameters are fields then.
type Func struct {
	Name   string
	Params []int // types
	Method bool  // the first parameter is the receiver
	Body   []*Stmt
}

// Op is what a statement does.
type Op uint8

// The statements.
const (
	Lock Op = iota
	Unlock
	RLock
	RUnlock
	TryLock // Body runs with the lock, which it releases at its end
	Send
	Receive
	Close
	Range    // over a channel
	Select   // Body has the cases; N is 1 with a default
	Add      // N
	Done     // of a Group
	Wait     // for a Group
	WaitFlag // on a Cond, until its Flag is set; N is 1 without the Flag
	SetFlag  // of a Cond
	Signal   // a Cond
	Broadcast
	FenceWait
	FenceSignal
	Publish
	Take
	Get // a slot
	Put
	Push // Body on a work queue
	Flush
	Alloc // N is an index of flags
	Sleep
	Scope // N is an index of scopes
	If    // unknown N, Else otherwise
	Return
	Loop    // N times
	Count   // unknown number N of times
	Forever // until it returns
	Defer   // Body[0]
	Call    // Func with Args
	Go      // Func with Args, or Body where Func is negative
	GroupGo // Body in a Group
	operations
)

// Stmt is a statement.
type Stmt struct {
	Op   Op
	On   Ref     `json:",omitzero"`
	N    int     `json:",omitzero"`
	Body []*Stmt `json:",omitempty"`
	Else []*Stmt `json:",omitempty"`
	Func int     `json:",omitzero"`
	Args []int   `json:",omitempty"` // variables, or parameters, of the function that it stands in
}

// Program is a program: Run makes all objects, and then does what Body says.
type Program struct {
	Types     []Type
	Objects   []Object
	Funcs     []*Func
	Shrinkers []Handler
	Body      []*Stmt
	Unknown   int // booleans that Run is given
	Counts    int // numbers that Run is given
}

// Handler is code that reclaim runs: a shrinker, or a notifier.
type Handler struct {
	Func     int
	Notifier bool
	Args     []int // variables of Run
}

// flags are the sorts of an allocation. All but the last two may enter reclaim.
var flags = [...]string{"Kernel", "NoFS", "NoIO", "NoWait", "Atomic"}

// reclaims reports whether an allocation with flags of an index may enter reclaim.
func reclaims(index int) bool { return index < 3 }

// scopes are the regions that code can be in.
var scopes = [...]struct{ begin, end string }{
	{"NoReclaimSave", "NoReclaimRestore"},
	{"NoFSSave", "NoFSRestore"},
	{"BeginSignalling", "EndSignalling"},
	{"BeginOpportunistic", "EndOpportunistic"},
}

// The indices of scopes.
const (
	noReclaim = iota
	noFS
	signalling
	opportunistic
)

// field returns what a reference leads to, given the types of what it can start from.
func (p *Program) field(scope []int, r Ref) Field { return p.Types[scope[r.Base]].Fields[r.Field] }

// scope returns the types of the variables of Run.
func (p *Program) scope() []int {
	var types []int
	for _, o := range p.Objects {
		types = append(types, o.Type)
	}
	return types
}

// each calls visit for every statement of a list and below it, functions left out.
func each(list []*Stmt, visit func(*Stmt)) {
	for _, s := range list {
		visit(s)
		each(s.Body, visit)
		each(s.Else, visit)
	}
}

// all calls visit for every statement of a program.
func (p *Program) all(visit func(*Stmt)) {
	each(p.Body, visit)
	for _, f := range p.Funcs {
		each(f.Body, visit)
	}
}

// annotated reports whether a program has anything that an annotation speaks of.
func (p *Program) annotated() bool {
	for _, t := range p.Types {
		for _, f := range t.Fields {
			if f.Kind >= Fence {
				return true
			}
		}
	}
	found := len(p.Shrinkers) > 0
	p.all(func(s *Stmt) { found = found || s.Op == Alloc || s.Op == Scope || s.Op == Sleep })
	return found
}
