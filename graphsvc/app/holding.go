package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// hold locks an open file for this process, until it is closed or the process ends,
// however it ends. It fails with errHeld where another has it. A lock of the open file
// (OFD) is one that others can ask about without taking it for a moment, in which a
// service that starts would find it taken.
func hold(file *os.File) error {
	err := unix.FcntlFlock(file.Fd(), unix.F_OFD_SETLK, &unix.Flock_t{Type: unix.F_WRLCK, Whence: io.SeekStart})
	if errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EACCES) {
		return errHeld
	}
	return err
}

var errHeld = errors.New("another process has it")

// isHeld tells whether another process, or another open file of this one, holds it.
func isHeld(file *os.File) (bool, error) {
	lock := unix.Flock_t{Type: unix.F_WRLCK, Whence: io.SeekStart}
	err := unix.FcntlFlock(file.Fd(), unix.F_OFD_GETLK, &lock)
	return lock.Type != unix.F_UNLCK, err
}

// listeningIn is where the embedded stores of a directory listen, as the process that
// has it told; nowhere where none has it: what a killed one left there may be
// somebody else's address by now. It fails where one has it that cannot be asked yet,
// or any more.
func listeningIn(dir string) (addresses, error) {
	file, err := os.Open(listeningFile(dir))
	if errors.Is(err, os.ErrNotExist) {
		return addresses{}, nil
	}
	if err != nil {
		return addresses{}, fmt.Errorf("whether a service runs on the directory %s, and where its stores listen, cannot be read: run this as the user that it runs as: %w", dir, err)
	}
	defer file.Close()
	held, err := isHeld(file)
	lockless := err != nil // a file system without locks: an address that nobody answers at is out of date
	if !lockless && !held {
		return addresses{}, nil
	}
	at := readAddresses(file)
	if lockless {
		return at.answering(), nil
	}
	if (at == addresses{}) || at.answering() != at {
		return addresses{}, fmt.Errorf("an egressor is starting or ending on the directory %s, its stores do not answer: try again in a moment", dir)
	}
	return at, nil
}

// readAddresses are those in a file; none where it is damaged.
func readAddresses(file io.Reader) (at addresses) {
	text, err := io.ReadAll(file)
	if err != nil || json.Unmarshal(text, &at) != nil {
		return addresses{}
	}
	return at
}

// answering leaves out the addresses at which nobody answers.
func (at addresses) answering() addresses {
	if !answers(at.ClickHouse) {
		at.ClickHouse = ""
	}
	if !answers(at.Neo4j) {
		at.Neo4j = ""
	}
	return at
}
