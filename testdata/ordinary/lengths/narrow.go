package lengths

// Wide receives for certain: twice as many are none only of none.
func Wide(n int) {
	ch := make(chan int)
	go func() { ch <- 1 }()
	if n < 1 || 2*n != 0 {
		<-ch
	}
}

// Narrow does not receive where twice as many come round to none: twice 128 are.
func Narrow(n uint8) {
	ch := make(chan int)
	go func() {
		ch <- 1 // want no-partner[breach/error]
	}()
	if n < 1 || 2*n != 0 {
		<-ch
	}
}

// Next receives for certain: a number is not the one after it.
func Next(n int) {
	ch := make(chan int)
	go func() { ch <- 1 }()
	if n < 0 || n+1 != 0 {
		<-ch
	}
}

// Last does not where the number after it is none.
func Last(n uint8) {
	ch := make(chan int)
	go func() {
		ch <- 1 // want no-partner[breach/error]
	}()
	if n < 0 || n+1 != 0 {
		<-ch
	}
}

// Cut may have another number of them as a byte.
func Cut(n int) {
	ch := make(chan int)
	go func() {
		ch <- 1 // want no-partner[breach/error]
	}()
	if n < 1 || uint8(n) != 0 {
		<-ch
	}
}
