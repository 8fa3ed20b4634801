package fw

import "testing"

func TestReached(t *testing.T) {
	tests := []struct {
		now, target Stamp
		want        bool
	}{
		{0x200, 0x100, true},
		{0x100, 0x100, true},
		{0x100, 0x200, false},
		{0x0, 0xffffff00, true},
		{0xffffff00, 0x0, false},
		{0x7fffff00, 0x0, true},
	}
	for _, tt := range tests {
		if got := tt.now.Reached(tt.target); got != tt.want {
			t.Errorf("%#x.Reached(%#x) = %v", uint32(tt.now), uint32(tt.target), got)
		}
	}
	if got := Stamp(0xffffff00).Next(); got != 0 {
		t.Errorf("stamps do not wrap: %#x", uint32(got))
	}
}

func TestRing(t *testing.T) {
	r := NewRing[int](4)
	if _, ok := r.Take(); ok {
		t.Error("took from an empty ring")
	}
	next, want := 0, 0
	for round := range 10 {
		for r.Free() > 0 {
			if !r.Put(next) {
				t.Fatalf("round %d: no room although %d are free", round, r.Free())
			}
			next++
		}
		if r.Put(-1) {
			t.Fatal("put into a full ring")
		}
		if r.Len() != 3 {
			t.Fatalf("Len = %d, want one less than the size", r.Len())
		}
		for range 2 {
			if head, _ := r.Head(); head != want {
				t.Fatalf("Head = %d, want %d", head, want)
			}
			if got, _ := r.Take(); got != want {
				t.Fatalf("Take = %d, want %d", got, want)
			}
			want++
		}
	}
	r.Reset()
	if r.Len() != 0 || r.Free() != 3 {
		t.Errorf("after Reset: %d in use, %d free", r.Len(), r.Free())
	}
}

func TestSlots(t *testing.T) {
	var s Slots
	if !s.Empty() {
		t.Error("new set is not empty")
	}
	for _, slot := range []int{0, 63, 64, NumSlots - 1} {
		s.Add(slot)
		if !s.Has(slot) {
			t.Errorf("slot %d is missing", slot)
		}
	}
	if s.Empty() || s.Has(1) {
		t.Errorf("set = %x", s)
	}
}
