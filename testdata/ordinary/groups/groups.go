// Package groups has groups whose count does not reach zero on some path.
package groups

import "sync"

// Skipped leaves without Done on one path.
func Skipped(items []int, use func(int) error) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			if err := use(item); err != nil {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait() // want no-partner[breach]
}

// Deferred does not.
func Deferred(items []int, use func(int) error) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := use(item); err != nil {
				return
			}
		}()
	}
	wg.Wait()
}

// Counted adds for all and starts fewer.
func Counted(items []int, use func(int)) {
	var wg sync.WaitGroup
	wg.Add(len(items))
	for _, item := range items {
		if item < 0 {
			continue
		}
		go func() {
			defer wg.Done()
			use(item)
		}()
	}
	wg.Wait() // want no-partner[breach]
}

// Go counts by itself.
func Go(items []int, use func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Go(func() { use(item) })
	}
	wg.Wait()
}

// Inside waits in what is waited for.
func Inside(items []int, use func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(item)
			wg.Wait() // want wait-cycle[cycle]
		}()
	}
}

// Results waits for all senders before it receives.
func Results(items []int, use func(int) int) (sum int) {
	var wg sync.WaitGroup
	results := make(chan int)
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- use(item)
		}()
	}
	wg.Wait() // want wait-cycle[cycle]
	close(results)
	for r := range results {
		sum += r
	}
	return sum
}

// Closer waits in a goroutine of its own.
func Closer(items []int, use func(int) int) (sum int) {
	var wg sync.WaitGroup
	results := make(chan int)
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- use(item)
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	for r := range results {
		sum += r
	}
	return sum
}
