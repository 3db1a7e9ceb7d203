package app

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// holdsFor names, in the environment of a process of this test's binary, the directory
// that it has until it is killed.
const holdsFor = "EGRESSOR_TEST_HOLDS"

// What a killed service leaves is not believed: at its address may be anybody by now.
// The directory is free at once.
func TestAKilledServiceHoldsNothing(t *testing.T) {
	if dir := os.Getenv(holdsFor); dir != "" {
		holdUntilKilled(t, dir)
	}
	dir, others := t.TempDir(), listener(t)
	killed := exec.Command(os.Args[0], "-test.run=^TestAKilledServiceHoldsNothing$") //nolint:gosec // this test's own binary
	killed.Env = append(os.Environ(), holdsFor+"="+dir, "EGRESSOR_TEST_AT="+others)
	in, err := killed.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := killed.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = killed.Process.Kill() })
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "held\n" {
		t.Fatalf("the other process said %q: %v", line, err)
	}
	if at, err := listeningIn(dir); err != nil || at.ClickHouse != others {
		t.Errorf("while it runs its store listens at %q (%v), want %q", at.ClickHouse, err, others)
	}
	service := &listening{dir: dir}
	if err := service.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "another egressor runs on") {
		t.Errorf("a second service on the directory: %v", err)
	}
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait() // says that it was killed
	if at, err := listeningIn(dir); err != nil || (at != addresses{}) {
		t.Errorf("after it was killed its stores listen at %+v (%v), want nowhere", at, err)
	}
	if err := service.Start(t.Context()); err != nil {
		t.Errorf("the next service: %v", err)
	}
	if err := service.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}

func holdUntilKilled(t *testing.T, dir string) {
	t.Helper()
	held := &listening{dir: dir, at: addresses{ClickHouse: os.Getenv("EGRESSOR_TEST_AT")}}
	if err := held.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, _ = os.Stdout.WriteString("held\n")
	_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed, or the other process ended
	t.Fatal("nobody killed it")
}

// Commands that ask who has the directory keep nobody from taking it.
func TestAskingTakesNothing(t *testing.T) {
	dir, answering := t.TempDir(), listener(t)
	stop, ended := make(chan struct{}), make(chan error)
	go func() {
		for {
			select {
			case <-stop:
				ended <- nil
				return
			default:
			}
			// Starting or ending is told as such; nothing else may be wrong.
			if at, err := listeningIn(dir); err == nil && at.ClickHouse != "" && at.ClickHouse != answering {
				ended <- errors.New("the store listens at " + at.ClickHouse)
				return
			}
		}
	}()
	for range 200 {
		service := &listening{dir: dir, at: addresses{ClickHouse: answering}}
		if err := service.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := service.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A service whose stores do not answer yet is told as one, and no second pair of
// stores is started on its files; nor is one that cannot be asked.
func TestAServiceThatCannotBeAsked(t *testing.T) {
	config := DefaultConfig()
	config.DataDir = t.TempDir()
	service := &listening{dir: config.DataDir, at: addresses{ClickHouse: "127.0.0.1:1", Neo4j: listener(t)}}
	if err := service.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := config.Attached(); err == nil || !strings.Contains(err.Error(), "starting or ending") {
		t.Errorf("beside a service that starts: %v", err)
	}
	if err := service.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(listeningFile(config.DataDir), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := config.Attached(); err != nil {
		t.Errorf("a damaged file that nobody holds: %v", err)
	}
}

// A directory that cannot be written to is told with what to do about it.
func TestADirectoryThatCannotBeWritten(t *testing.T) {
	full, file := t.TempDir(), filepath.Join(t.TempDir(), "file")
	if err := os.Symlink("/dev/full", listeningFile(full)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{full: "free room on its disk", file: "choose another --data", "/proc/none": "let its user write there"} {
		service := &listening{dir: dir}
		if err := service.Start(t.Context()); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %v, want %q", dir, err, want)
		}
		if err := service.Stop(t.Context()); err != nil {
			t.Errorf("%s, ended: %v", dir, err)
		}
	}
}
