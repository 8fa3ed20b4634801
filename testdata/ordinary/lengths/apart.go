package lengths

import "sync"

// More sends for each of one list, and receives for each of another that has fewer elements.
func More(a, b []int) {
	if len(a) <= len(b) {
		return
	}
	ch := make(chan int)
	for range a {
		go func() {
			ch <- 1 // want no-partner[breach/error]
		}()
	}
	for range b {
		<-ch
	}
}

// NotLess does it where there may be as many, and whoever calls it may know that there are.
func NotLess(a, b []int) {
	if len(a) < len(b) {
		return
	}
	ch := make(chan int)
	for range a {
		go func() {
			ch <- 1 // want no-partner[breach/warning]
		}()
	}
	for range b {
		<-ch
	}
}

// Fewer is the same as More, with the loop that comes first over the list that has fewer.
func Fewer(a, b []int) {
	if len(a) <= len(b) {
		return
	}
	ch := make(chan int)
	for range b {
		go func() { ch <- 1 }()
	}
	for range a {
		<-ch // want no-partner[breach/error]
	}
}

// NoMore is NotLess that way round.
func NoMore(a, b []int) {
	if len(a) < len(b) {
		return
	}
	ch := make(chan int)
	for range b {
		go func() { ch <- 1 }()
	}
	for range a {
		<-ch // want no-partner[breach/warning]
	}
}

// Unequal has two numbers that are not the same.
func Unequal(n, m int) {
	if n == m {
		return
	}
	var wg sync.WaitGroup
	wg.Add(n)
	for range m {
		go func() { wg.Done() }()
	}
	wg.Wait() // want no-partner[breach/error]
}

// Equal has two that are.
func Equal(n, m int) {
	if n != m {
		return
	}
	var wg sync.WaitGroup
	wg.Add(n)
	for range m {
		go func() { wg.Done() }()
	}
	wg.Wait()
}

// Other has two numbers that are not the same, and waits for a third.
func Other(n, m, k int) {
	if n == m {
		return
	}
	var wg sync.WaitGroup
	wg.Add(n)
	for range k {
		go func() { wg.Done() }()
	}
	wg.Wait() // want no-partner[breach/warning]
}

// Most has no more than as many as it is told.
func Most(list []int, most int) {
	n := len(list)
	if n > most {
		n = most
	}
	ch := make(chan int)
	for range n {
		go func() { ch <- 1 }()
	}
	for range n {
		<-ch
	}
}

// MostOf has no more than as many as it is told, and receives from all.
func MostOf(list []int, most int) {
	n := len(list)
	if n > most {
		n = most
	}
	ch := make(chan int)
	for range n {
		go func() { ch <- 1 }()
	}
	for range list {
		<-ch // want no-partner[breach/error]
	}
}

// Spare has room for one more than there are, and receives as often as it is told.
func Spare(list []int, n int) {
	ch := make(chan int, len(list)+1)
	for range list {
		ch <- 1
	}
	for range n {
		<-ch // want no-partner[breach/warning]
	}
}

// SpareSome does so where it does not receive each time.
func SpareSome(list []int, n int, some func(int) bool) {
	ch := make(chan int, len(list)+1)
	for range list {
		ch <- 1
	}
	for i := range n {
		if some(i) {
			<-ch // want no-partner[breach/warning]
		}
	}
}

// SpareOf receives once more than there are.
func SpareOf(list []int) {
	ch := make(chan int, len(list)+1)
	for range list {
		ch <- 1
	}
	for range len(list) + 1 {
		<-ch // want no-partner[breach/error]
	}
}

// Third has room for two lists, and receives as often as a third is long.
func Third(a, b, c []int) {
	ch := make(chan int, len(a)+len(b))
	for range a {
		ch <- 1
	}
	for range b {
		ch <- 1
	}
	for range c {
		<-ch // want no-partner[breach/warning]
	}
}

// Longer has more of the third for certain.
func Longer(a, b, c []int) {
	both := len(a) + len(b)
	if len(c) <= both {
		return
	}
	ch := make(chan int, both)
	for range a {
		ch <- 1
	}
	for range b {
		ch <- 1
	}
	for range c {
		<-ch // want no-partner[breach/error]
	}
}
