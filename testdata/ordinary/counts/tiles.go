package counts

import "sync"

// Tiles starts as many as two loops make together, and counts them before.
func Tiles(rows, columns int, draw func(row, column int)) {
	var drawn sync.WaitGroup
	drawn.Add(rows * columns)
	for row := 0; row < rows; row++ {
		for column := 0; column < columns; column++ {
			go func() {
				defer drawn.Done()
				draw(row, column)
			}()
		}
	}
	drawn.Wait() // want no-partner[breach/warning]
}

// TooFew has counted one more than it starts.
func TooFew(rows int, draw func(row int)) {
	var drawn sync.WaitGroup
	drawn.Add(rows + 1)
	for row := range rows {
		go func() {
			defer drawn.Done()
			draw(row)
		}()
	}
	drawn.Wait() // want no-partner[breach/error]
}
