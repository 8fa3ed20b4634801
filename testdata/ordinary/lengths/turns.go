package lengths

import "sync"

// Shards has as many parts as everything that is of its type.
type Shards []*sync.Mutex

// Each starts one for each of the parts, and counts as many as there are said to be: whoever has
// made the parts may know that there are.
func Each(shards Shards, count int) {
	var wg sync.WaitGroup
	wg.Add(count)
	for range shards {
		go wg.Done()
	}
	wg.Wait() // want no-partner[breach/warning]
}

// EachButOne counts one more than there are parts.
func EachButOne(shards Shards) {
	var wg sync.WaitGroup
	wg.Add(len(shards) + 1)
	for range shards {
		go wg.Done()
	}
	wg.Wait() // want no-partner[breach/error]
}

// Once receives one of what is sent as often as there are parts.
func Once(shards Shards, more []int) {
	ch := make(chan int)
	for range shards {
		go func() {
			ch <- 1 // want no-partner[breach/error]
		}()
	}
	for range more {
		go shards[0].Unlock()
	}
	<-ch // want no-partner[breach/warning]
}

// Less receives once less if it has taken one out.
func Less(all map[string]chan int) {
	ch := make(chan int)
	for range all {
		go func() {
			ch <- 1 // want no-partner[breach/error]
		}()
	}
	delete(all, "last")
	for range all {
		<-ch
	}
}

// Same receives as often as it has started something, whatever it has put in since.
func Same(all map[string]chan int) {
	ch := make(chan int)
	n := len(all)
	for range all {
		go func() { ch <- 1 }()
	}
	all["last"] = ch
	for range n {
		<-ch
	}
}
