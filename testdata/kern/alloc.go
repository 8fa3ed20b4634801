package kern

// Flags say what an allocation may do to find memory.
//
//fencelint:gfp reclaim=DirectReclaim io=IO fs=FS
type Flags uint

// The bits of Flags.
const (
	DirectReclaim Flags = 1 << iota
	Kswapd
	IO
	FS
	High
)

// The usual combinations.
const (
	Kernel = DirectReclaim | Kswapd | IO | FS
	NoFS   = DirectReclaim | Kswapd | IO
	NoIO   = DirectReclaim | Kswapd
	NoWait = Kswapd
	Atomic = Kswapd | High
)

// Page is a piece of memory.
type Page struct{ size int }

// Alloc returns n bytes, or nil.
//
//fencelint:allocates flags
//fencelint:trusted -- the simplest allocator there is
func Alloc(n int, flags Flags) *Page {
	if n < 0 {
		return nil
	}
	return &Page{size: n}
}

// Vmalloc allocates with full reclaim, whatever the caller would like.
//
//fencelint:allocates
//fencelint:trusted -- has no flags, like its model
func Vmalloc(n int) *Page { return &Page{size: n} }

// Grow makes room for n more elements in s and reports whether it could.
//
//fencelint:allocates flags
//fencelint:trusted -- stands for a vector that grows by the page
func Grow[T any](s []T, n int, flags Flags) ([]T, bool) {
	if n < 0 {
		return s, false
	}
	return append(s, make([]T, n)...)[:len(s)], true
}

// Free gives p back.
//
//fencelint:trusted -- freeing needs nothing
func Free(p *Page) { p.size = 0 }

// NoFSSave begins a section in which allocations do not enter the file system.
//
//fencelint:enters nofs
//fencelint:trusted -- a counter in a real kernel
func NoFSSave() {}

// NoFSRestore ends the section that NoFSSave began.
//
//fencelint:leaves nofs
//fencelint:trusted -- a counter in a real kernel
func NoFSRestore() {}

// NoIOSave begins a section in which allocations start no IO.
//
//fencelint:enters noio
//fencelint:trusted -- a counter in a real kernel
func NoIOSave() {}

// NoIORestore ends the section that NoIOSave began.
//
//fencelint:leaves noio
//fencelint:trusted -- a counter in a real kernel
func NoIORestore() {}

// NoReclaimSave begins a section in which allocations never enter reclaim.
//
//fencelint:enters noreclaim
//fencelint:trusted -- a counter in a real kernel
func NoReclaimSave() {}

// NoReclaimRestore ends the section that NoReclaimSave began.
//
//fencelint:leaves noreclaim
//fencelint:trusted -- a counter in a real kernel
func NoReclaimRestore() {}
