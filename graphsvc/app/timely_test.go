package app

import (
	"errors"
	"net"
	"os"
	"testing"
	"time"
)

// A client that takes nothing does not hold a write for ever; a deadline that was
// set, sooner or later, is what holds.
func TestWritesDoNotWaitForWhoDoesNotRead(t *testing.T) {
	ours, theirs := net.Pipe() // a write waits until the other end reads
	defer theirs.Close()
	connection := &timelyConn{Conn: ours, within: 10 * time.Millisecond}
	defer connection.Close()
	if _, err := connection.Write([]byte("an event")); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("nobody reads: %v", err)
	}
	if err := connection.SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	read := make(chan error, 1)
	go func() {
		_, err := theirs.Read(make([]byte, 64))
		read <- err
	}()
	if _, err := connection.Write([]byte("an event")); err != nil {
		t.Errorf("who reads within the deadline that was set: %v", err)
	}
	if err := <-read; err != nil {
		t.Fatal(err)
	}
	if err := connection.SetWriteDeadline(time.Time{}); err != nil {
		t.Fatal(err)
	}
	if _, err := connection.Write([]byte("an event")); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("with no deadline set any more: %v", err)
	}
}
