package query

import (
	"context"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// A version is answered from once it is read ahead, or once that has taken too long.
func TestANewVersionIsAnsweredFromOnceItIsRead(t *testing.T) {
	now := &movedClock{time.Unix(1000, 0)}
	h := newHeads(now, time.Second)
	stored := uint64(1)
	reading := map[uint64]chan struct{}{}
	h.prepare = func(version model.GraphVersion) <-chan struct{} {
		reading[version.Number] = make(chan struct{})
		return reading[version.Number]
	}
	expect := func(step string, want uint64) {
		t.Helper()
		head, ok, err := h.newest(t.Context(), func(context.Context) (model.GraphVersion, bool, error) {
			return model.GraphVersion{Number: stored}, true, nil
		})
		if err != nil || !ok || head.Number != want {
			t.Errorf("%s: version %d, %v, %v, want %d", step, head.Number, ok, err, want)
		}
	}
	expect("the first", 1)
	stored, now.now = 2, now.now.Add(time.Second)
	expect("being read", 1)
	close(reading[2])
	expect("read", 2)
	stored, now.now = 3, now.now.Add(time.Second)
	expect("the next", 2)
	stored, now.now = 4, now.now.Add(time.Second)
	expect("and one more", 2)
	if now.now = now.now.Add(preparePatience - time.Second); reading[4] == nil {
		t.Error("the newest of two is not read ahead")
	}
	expect("too long", 4)
	stored, now.now = 5, now.now.Add(time.Second)
	expect("the last", 4)
	h.saw(model.GraphVersion{Number: 6}, now.now)
	expect("announced meanwhile", 6)
	close(reading[5])
	expect("an older one is ready", 6)
}

// Of versions that follow each other closely the first is read ahead, once for all.
func TestVersionsInARowAreNotAllReadAhead(t *testing.T) {
	now := &movedClock{time.Unix(1000, 0)}
	read := make(chan uint64, 10)
	a := &ahead{clock: now, read: func(_ context.Context, version model.GraphVersion) error {
		read <- version.Number
		return nil
	}}
	for n, step := range []struct {
		number uint64
		passes time.Duration
		reads  bool
	}{{1, 0, true}, {1, 0, false}, {2, time.Second, false}, {3, prepareEvery, true}} {
		now.now = now.now.Add(step.passes)
		<-a.of(model.GraphVersion{Number: step.number})
		select {
		case number := <-read:
			if !step.reads || number != step.number {
				t.Errorf("step %d reads version %d", n, number)
			}
		default:
			if step.reads {
				t.Errorf("step %d reads nothing", n)
			}
		}
	}
}
