package agx

import (
	"errors"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/uat"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/syncobj"
)

const (
	// maxCommands is how many commands a submission may have.
	maxCommands = 64
	// maxBuilds is how often a submission is built whose user memory keeps changing.
	maxBuilds = 8
)

// Command is one command of a submission: a render, which is vertex work and then
// fragment work, or compute work.
type Command struct {
	Vertex, Fragment time.Duration // of a render
	Compute          time.Duration // of any other
	Blocks           int           // of the tiled vertex buffer that a render fills
	Objects          []ID          // that it touches
}

func (c *Command) render() bool { return c.Compute == 0 }

// Submission is the argument of [File.Submit].
type Submission struct {
	Queue    ID
	Commands []Command
	In, Out  []ID     // sync objects to wait for, and to put the fence of the job into
	Args     mm.Range // the user memory in which all this lies
}

// request is a submission with its names resolved.
type request struct {
	*Submission
	file    *File
	in, out []*syncobj.Object
	objects []*object // of all commands, in their order
	seen    []uint64  // of each object that is a mirror: its seq when it was present
}

// Submit queues a job. It returns when the job is on its way, which may be long before
// it runs.
func (f *File) Submit(t *sim.Task, s *Submission) error {
	q, err := find(t, f, f.queues, s.Queue)
	if err != nil {
		return err
	}
	if len(s.Commands) == 0 || len(s.Commands) > min(maxCommands, f.dev.cfg.JobSlots) {
		return ErrInvalid
	}
	// User memory may fault, and the fault handler may wait for fences: no lock of ours
	// may be held.
	if err := f.user.CopyFromUser(t, s.Args); err != nil {
		return err
	}
	r, err := f.resolve(t, s)
	if err != nil {
		return err
	}
	for range maxBuilds {
		if err = f.fault(t, r); err != nil {
			break
		}
		if err = q.submit(t, r); !errors.Is(err, errStale) {
			break
		}
		f.dev.stats.Stale++
	}
	if err != nil {
		f.dev.stats.Refused++
		return err
	}
	f.dev.stats.Submitted++
	return nil
}

// resolve looks up what s names.
func (f *File) resolve(t *sim.Task, s *Submission) (*request, error) {
	r, err := kmem.New[request](t, gfp.Kernel)
	if err != nil {
		return nil, err
	}
	r.Submission, r.file = s, f
	if r.in, err = lookUp(t, f, f.syncs, s.In); err != nil {
		return nil, err
	}
	if r.out, err = lookUp(t, f, f.syncs, s.Out); err != nil {
		return nil, err
	}
	for i := range s.Commands {
		objects, err := lookUp(t, f, f.objects, s.Commands[i].Objects)
		if err != nil {
			return nil, err
		}
		if r.objects, err = kmem.Grow(t, gfp.Kernel, r.objects, len(objects)); err != nil {
			return nil, err
		}
		r.objects = append(r.objects, objects...)
	}
	r.seen, err = kmem.Make[uint64](t, gfp.Kernel, len(r.objects))
	return r, err
}

// lookUp finds what ids name.
func lookUp[T any](t *sim.Task, f *File, table map[ID]T, ids []ID) ([]T, error) {
	list, err := kmem.Make[T](t, gfp.Kernel, len(ids))
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if list[i], err = find(t, f, table, id); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// submit does everything that can block or fail, then arms and pushes the job.
func (q *queue) submit(t *sim.Task, r *request) error {
	q.lock.Lock(t)
	defer q.lock.Unlock(t)
	if q.closed {
		return ErrInvalid
	}
	q.builder = t
	defer func() { q.builder, q.building = nil, nil }()
	if int(q.inFlight.Load())+2*len(r.Commands) > maxInFlight {
		return ErrBusy
	}
	if err := q.dev.boot(t); err != nil {
		return err
	}
	j, err := q.build(t, r)
	if err == nil {
		err = q.launch(t, j, r)
	}
	if err != nil && j != nil {
		j.drop(t)
	}
	return err
}

// build makes the job with all that it needs: a context, the scheduler's side, event
// slots, commands, a scene. What it has got so far when it fails is in the job.
func (q *queue) build(t *sim.Task, r *request) (*job, error) {
	j, err := q.newJob(t, 2*len(r.Commands))
	if err != nil {
		return nil, err
	}
	if err := q.vm.bind(t, q.priority); err != nil {
		return j, err
	}
	j.bound = true
	if j.sched, err = q.entity.NewJob(t, 2*len(r.Commands), j); err != nil {
		return j, err
	}
	for _, s := range r.in {
		if f := s.Fence(); f != nil {
			if err := j.sched.AddDependency(t, f); err != nil {
				return j, err
			}
		}
	}
	if err := j.use(t, r); err != nil {
		return j, err
	}
	if d := q.dev.cfg.BuildTime; d > 0 {
		t.Delay(d)
	}
	objects := r.objects
	for i := range r.Commands {
		c := &r.Commands[i]
		if err := j.addCommand(t, c, objects[:len(c.Objects)]); err != nil {
			return j, err
		}
		objects = objects[len(c.Objects):]
	}
	return j, nil
}

// use gets the event slots that the job's work queues lack, all of them or none at a
// time.
func (j *job) use(t *sim.Task, r *request) error {
	var counts [fw.Kinds]int
	for i := range r.Commands {
		if r.Commands[i].render() {
			counts[fw.Vertex]++
			counts[fw.Fragment]++
		} else {
			counts[fw.Compute]++
		}
	}
	if err := j.queue.dev.events.get(t, j.queue, counts); err != nil {
		return err
	}
	j.uses = counts
	return nil
}

// addCommand builds the firmware's commands for c.
func (j *job) addCommand(t *sim.Task, c *Command, objects []*object) error {
	touches, err := touch(t, objects)
	if err != nil {
		return err
	}
	if !c.render() {
		_, err := j.add(t, fw.Compute, fw.Command{Touches: touches, Work: c.Compute})
		return err
	}
	if !j.scene {
		if err := j.queue.buffer.newScene(t); err != nil {
			return err
		}
		j.scene = true
	}
	vertex := fw.Command{Touches: touches, Work: c.Vertex, Buffer: &j.queue.buffer.info, Needs: c.Blocks}
	if _, err := j.add(t, fw.Vertex, vertex); err != nil {
		return err
	}
	after, err := kmem.Make[fw.Barrier](t, gfp.Kernel, 1)
	if err != nil {
		return err
	}
	_, err = j.add(t, fw.Fragment, fw.Command{Touches: touches, Work: c.Fragment, After: after})
	return err
}

// touch lists an address in each of the objects' pages.
func touch(t *sim.Task, objects []*object) ([]uat.Address, error) {
	n := 0
	for _, o := range objects {
		n += o.pages
	}
	touches, err := kmem.Make[uat.Address](t, gfp.Kernel, n)
	if err != nil {
		return nil, err
	}
	rest := touches
	for _, o := range objects {
		for i := range o.pages {
			rest[i] = o.at + uat.Address(i)<<uat.PageBits
		}
		rest = rest[o.pages:]
	}
	return touches, nil
}

// launch sends the job off. Once it is armed nothing can fail and nothing allocates;
// its fence is handed out only after it was pushed.
func (q *queue) launch(t *sim.Task, j *job, r *request) error {
	v := q.vm
	v.resv.Lock(t)
	defer v.resv.Unlock(t)
	if err := v.resv.Reserve(t, 1); err != nil {
		return err
	}
	for _, o := range r.objects {
		if o.vm != v || o.destroyed {
			return ErrInvalid
		}
		if err := o.populate(t); err != nil {
			return err
		}
	}
	m := &r.file.mirrors
	m.lock.Lock(t)
	defer m.lock.Unlock(t)
	if err := r.settle(t); err != nil {
		return err
	}
	n := int32(len(j.commands))
	sj := j.sched
	f := &sj.Finished.Fence
	j.commit(t)
	q.inFlight.Add(n)
	sj.Arm(t)
	sj.Push(t)
	// From here on the job is the scheduler's.
	v.resv.Add(t, f)
	for _, s := range r.out {
		s.Replace(t, f)
	}
	q.last = f
	return nil
}
