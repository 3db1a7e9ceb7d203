package main

import (
	"os/exec"
	"runtime"
	"syscall"
	"testing"
)

// Threads of this program come and go; a process that is to end with the program
// must not end with the thread that happened to start it.
func TestAKeptProcessOutlivesTheThreadThatAskedForIt(t *testing.T) {
	cmd := exec.Command("cat")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	var ended <-chan error
	gone := make(chan struct{})
	go func() {
		runtime.LockOSThread() // never unlocked: the thread dies with the goroutine
		defer close(gone)
		ended, err = startKept(cmd)
	}()
	<-gone
	if err != nil {
		t.Fatal(err)
	}
	_ = stdin.Close() // cat ends by itself, and well
	if err := <-ended; err != nil {
		t.Errorf("it ended by %v, want that it reads to its end", err)
	}
}
