package drv

import "example.org/m/kmem"

// Queue runs jobs.
type Queue struct{ done chan int }

func (q *Queue) run() {
	for job := range q.done {
		handlers[i](job)
		j := grow()
		log(j)
	}
}

func describe() []byte { return kmem.Alloc("<script>alert('gotcha')</script>", Kernel) }

type buffers struct{ busy *JobFence }

// Scan waits for the job that uses the buffers.
func (b *buffers) Scan() int {
	b.busy.Wait()
	return 1
}
