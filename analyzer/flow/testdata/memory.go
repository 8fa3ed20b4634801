package memory

//fencelint:gfp reclaim=direct io=disk fs=files
type flags uint32

const (
	direct flags = 1 << iota
	disk
	files
	high
)

const kernel = direct | disk | files

//fencelint:allocates f
//fencelint:trusted -- test
func alloc(n int, f flags) *int { return nil }

//fencelint:allocates
//fencelint:trusted -- test
func vmalloc(n int) *int { return nil }

//fencelint:enters nofs
//fencelint:trusted -- test
func save() {}

//fencelint:leaves nofs
//fencelint:trusted -- test
func restore() {}

//fencelint:enters signalling
//fencelint:trusted -- test
func begin() {}

//fencelint:leaves signalling
//fencelint:trusted -- test
func end() {}

type object struct{ f flags }

func constants(yes bool) {
	alloc(1, kernel)
	f := high
	if yes {
		f = kernel &^ files
	}
	alloc(1, f)
	for range 3 {
		f |= disk
	}
	alloc(1, f)
}

func masks(f flags, o *object, n int) {
	alloc(1, f)
	alloc(1, f&^direct)
	alloc(1, f&high|disk)
	alloc(1, o.f)
	alloc(1, o.f&^direct)
	alloc(1, flags(n))
	alloc(1, flags(n)&high)
	alloc(1, ^direct)
	alloc(1, f&o.f)
}

func drops(f flags, n int) {
	alloc(n, kernel)
	alloc(n, high)
	vmalloc(n)
	masks(kernel, nil, 0)
	masks(f|high, nil, 0)
}

func (f flags) atomic() flags { return f&^direct | high }

func helper(f flags) { alloc(1, f.atomic()) }

func captured(f flags) {
	g := kernel
	func() { alloc(1, g) }()
	func() { alloc(1, f) }()
	g = high
}

func scopes(yes bool) {
	begin()
	alloc(1, kernel)
	save()
	alloc(1, kernel)
	restore()
	end()
	alloc(1, kernel)
	if yes {
		save()
	}
	alloc(1, kernel)
	if yes {
		restore()
	}
}

func enter() { begin(); save() }
func leave() { restore(); end() }

func helpers() {
	enter()
	alloc(1, kernel)
	leave()
	alloc(1, kernel)
}

func deferred() {
	begin()
	defer end()
	alloc(1, kernel)
}

func safe(yes bool) *int {
	begin()
	defer end()
	return alloc(1, high)
}
