package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// listening tells, in the data directory, where its embedded stores listen: commands
// that are given the directory find those of the service that runs there. Who holds
// it has the directory for itself.
type listening struct {
	dir  string
	at   addresses
	file *os.File
}

// addresses are host:port, "" for what is not embedded.
type addresses struct {
	ClickHouse string `json:"clickhouse,omitempty"`
	Neo4j      string `json:"neo4j,omitempty"`
}

func listeningFile(dir string) string { return filepath.Join(dir, "listening.json") }

// Start takes the directory.
func (l *listening) Start(context.Context) error {
	const ownerOnly = 0o700
	if err := os.MkdirAll(l.dir, ownerOnly); err != nil {
		return l.unusable(err)
	}
	file, err := os.OpenFile(listeningFile(l.dir), os.O_RDWR|os.O_CREATE, ownerOnly&^0o100)
	if err != nil {
		return l.unusable(err)
	}
	if errors.Is(hold(file), errHeld) {
		_ = file.Close()
		return fmt.Errorf("another egressor runs on the directory %s: stop it or choose another --data", l.dir)
	}
	l.file = file // a file system without locks leaves it to the stores' own
	if err := l.write(l.at); err != nil {
		l.file = nil
		return errors.Join(l.unusable(err), file.Close())
	}
	return nil
}

// unusable says why a directory cannot hold data, and what to do.
func (l *listening) unusable(err error) error {
	remedy := "let its user write there, or choose another --data"
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		remedy = "free room on its disk, or choose another --data"
	}
	return fmt.Errorf("the directory %s cannot be written to: %s: %w", l.dir, remedy, err)
}

// Stop lets it go.
func (l *listening) Stop(context.Context) error {
	if l.file == nil {
		return nil
	}
	err := l.write(addresses{})
	return errors.Join(err, l.file.Close())
}

// write overwrites what is there, always equally long: a service must be able to start
// on a disk that is full.
func (l *listening) write(at addresses) error {
	const length = 255
	text, err := json.Marshal(at)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(io.NewOffsetWriter(l.file, 0), "%-*s\n", length, text)
	return err
}
