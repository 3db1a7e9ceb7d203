package probe

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/ringbuf"

	"github.com/egressor/egressor/bpf"
)

// finals collects the last reading of every closed socket. One goroutine
// empties the kernel's ring when it is half full, or when readings are taken.
// It stops at the limit: then the ring fills, and the kernel counts the loss.
type finals struct {
	ring    *ringbuf.Reader
	limit   int
	flushed chan struct{} // the ring was empty after a flush
	done    chan struct{} // the goroutine ended

	mu      sync.Mutex
	room    sync.Cond
	pending []bpf.SocketsTcpReading
	taking  bool
	closing bool
	err     error
}

// openFinals starts collecting. limit is how many readings are held before the
// ring is left to fill up.
func openFinals(ring *ebpf.Map, limit int) (*finals, error) {
	reader, err := ringbuf.NewReader(ring)
	if err != nil {
		return nil, fmt.Errorf("ring of closed sockets: %w", err)
	}
	f := &finals{ring: reader, limit: limit, flushed: make(chan struct{}, 1), done: make(chan struct{})}
	f.room.L = &f.mu
	go f.collect()
	return f, nil
}

func (f *finals) collect() {
	defer close(f.done)
	var record ringbuf.Record
	for f.waitForRoom() {
		err := f.ring.ReadInto(&record)
		switch {
		case err == nil:
			err = f.add(record.RawSample)
		case errors.Is(err, ringbuf.ErrFlushed):
			err = nil
			select {
			case f.flushed <- struct{}{}:
			default: // the take that asked has given up
			}
		}
		if err != nil {
			f.mu.Lock()
			f.err = err
			f.mu.Unlock()
			return
		}
	}
}

// waitForRoom returns false when there is nothing more to do.
func (f *finals) waitForRoom() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.pending) >= f.limit && !f.taking && !f.closing {
		f.room.Wait()
	}
	return !f.closing
}

func (f *finals) add(sample []byte) error {
	if len(sample) != readingBytes {
		return fmt.Errorf("ring of closed sockets: a record of %d bytes, want %d", len(sample), readingBytes)
	}
	var reading bpf.SocketsTcpReading
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&reading)), readingBytes), sample)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pending = append(f.pending, reading)
	return nil
}

// take returns the readings of all sockets that closed before the call and were
// not taken yet.
func (f *finals) take(ctx context.Context) ([]bpf.SocketsTcpReading, error) {
	select {
	case <-f.flushed: // left over from a take that gave up
	default:
	}
	f.setTaking(true)
	defer f.setTaking(false)
	if err := f.ring.Flush(); err != nil {
		return nil, fmt.Errorf("ring of closed sockets: %w", err)
	}
	select {
	case <-f.flushed:
	case <-f.done:
	case <-ctx.Done():
		return nil, fmt.Errorf("ring of closed sockets: %w", ctx.Err())
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, fmt.Errorf("ring of closed sockets: %w", f.err)
	}
	taken := f.pending
	f.pending = nil
	return taken, nil
}

func (f *finals) setTaking(taking bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.taking = taking
	f.room.Broadcast()
}

func (f *finals) close() error {
	f.mu.Lock()
	f.closing = true
	f.room.Broadcast()
	f.mu.Unlock()
	err := f.ring.Close()
	<-f.done
	return err
}
