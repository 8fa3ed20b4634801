package lengths

// Halves receives from as many as both have.
func Halves(list []int) {
	ch := make(chan int)
	middle := len(list) / 2
	for range list[middle:] {
		go func() { ch <- 1 }()
	}
	for range list[:middle] {
		go func() { ch <- 1 }()
	}
	for range list {
		<-ch
	}
}

// Twice has what is in the middle in both parts.
func Twice(list []int, middle int) {
	ch := make(chan int)
	for range list[middle:] {
		go func() {
			ch <- 1 // want no-partner[breach/error]
		}()
	}
	for range list[:middle+1] {
		go func() {
			ch <- 1 // want no-partner[breach/error]
		}()
	}
	for range list {
		<-ch
	}
}

// Thirds receives from as many as all three have.
func Thirds(list []int, one, two int) {
	ch := make(chan int)
	for range list[:one] {
		go func() { ch <- 1 }()
	}
	for range list[one:two] {
		go func() { ch <- 1 }()
	}
	for range list[two:] {
		go func() { ch <- 1 }()
	}
	for range list {
		<-ch
	}
}

// Without receives from one more than there are when one is taken out.
func Without(list []int, at int) {
	ch := make(chan int)
	rest := append(list[:at:at], list[at+1:]...)
	for range rest {
		go func() { ch <- 1 }()
	}
	for range list {
		<-ch // want no-partner[breach/error]
	}
}

// Taken receives from those that are left when one is taken out.
func Taken(list []int, at int) {
	ch := make(chan int)
	for range append(list[:at:at], list[at+1:]...) {
		go func() { ch <- 1 }()
	}
	for range len(list) - 1 {
		<-ch
	}
}

// Both sends as often as there is something in one list or the other.
func Both(list, more []int) {
	ch := make(chan int, len(list)+len(more))
	for range list {
		ch <- 1
	}
	for range more {
		ch <- 1
	}
}

// BothAndOne sends once more.
func BothAndOne(list, more []int) {
	ch := make(chan int, len(list)+len(more))
	for range list {
		ch <- 1
	}
	for range more {
		ch <- 1
	}
	ch <- 1 // want no-partner[breach/error]
}

// InPairs starts two for each, and receives from as many.
func InPairs(list []int) {
	ch := make(chan int)
	for range list {
		go func() { ch <- 1 }()
		go func() { ch <- 1 }()
	}
	for range 2 * len(list) {
		<-ch
	}
}

// InPairsAndOne receives from one more.
func InPairsAndOne(list []int) {
	ch := make(chan int)
	for range list {
		go func() { ch <- 1 }()
		go func() { ch <- 1 }()
	}
	for range 2*len(list) + 1 {
		<-ch // want no-partner[breach/error]
	}
}
