package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/clickhouse/embedded"
	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/recording"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit"
)

// demoPatience is how long the replay may take to show its first whole minute,
// databases and a minute's end included, on a busy machine.
const demoPatience = 4 * time.Minute

var versionLine = regexp.MustCompile(`version (\d+): minute (\S+), (\d+) transfers, (\d+) bytes`)

// TestDemoReplaysARecording runs the program as a person does, on the real
// stores, and compares the first minute's version with what that minute of the
// recording folds to.
func TestDemoReplaysARecording(t *testing.T) {
	_, err := embedded.FindLibrary("")
	testkit.Require(t, "clickhouse", err)
	testkit.Require(t, "neo4j", neo4jMissing())
	played, err := recording.Shop()
	if err != nil {
		t.Fatal(err)
	}
	edges, wireBytes := firstMinute(t, played)
	want := fmt.Sprintf("%d transfers, %d bytes", edges, wireBytes)

	t.Logf("the first minute: %s", want)
	ctx, cancel := context.WithTimeout(t.Context(), demoPatience)
	defer cancel()
	demo := startDemo(ctx, t, "demo", "--recording", "--for", demoPatience.String(),
		"--listen", "127.0.0.1:0", "--ingest-listen", "127.0.0.1:0",
		"--clickhouse-listen", freeAddress(t), "--neo4j-listen", freeAddress(t))
	var told string
	var minutes []string // in order of their versions: the loop may take a minute before the one ahead of it
	for line := range demo.lines {
		told += line + "\n"
		version := versionLine.FindStringSubmatch(line)
		if version == nil {
			continue
		}
		minutes = append(minutes, version[2])
		if strings.Contains(line, want) {
			break
		}
	}
	if err := demo.process.Signal(syscall.SIGINT); err != nil {
		t.Errorf("the demo has ended already: %v", err)
	}
	for line := range demo.lines {
		told += line + "\n"
	}
	if err := <-demo.ended; err != nil {
		t.Errorf("the demo ended with %v", err)
	}
	for _, text := range []string{
		"replaying a capture recorded on " + played.Start.Format("2006-01-02") + " at true pace",
		"version 1: minute ", want, "the demo has ended; nothing is left behind",
	} {
		if !strings.Contains(told, text) {
			t.Errorf("the demo did not say %q", text)
		}
	}
	if len(minutes) > 0 && minutes[len(minutes)-1] != slices.Min(minutes) {
		t.Errorf("the recording's first minute was told to be %s, after %v", minutes[len(minutes)-1], minutes)
	}
	_, rest, _ := strings.Cut(told, "state in ")
	dir, _, _ := strings.Cut(rest, "\n")
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the demo left %s behind: %v", dir, err)
	}
	if t.Failed() {
		t.Logf("it said:\n%s", told)
	}
}

func neo4jMissing() error {
	if neo4j.FindDeps() == "" {
		return errors.New("no jars: run make deps")
	}
	_, err := exec.LookPath("java")
	return err
}

// firstMinute folds the first minute of a recording: transfers and wire bytes.
func firstMinute(t *testing.T, played *recording.Recording) (edges int, wireBytes uint64) {
	t.Helper()
	input := minute.Input{Minute: model.MinuteOf(played.Start)}
	type factKey struct {
		kind model.FactKind
		key  string
		from time.Time
	}
	facts := map[factKey]model.Fact{}
	for _, entry := range played.Entries {
		stated := entry.Facts
		if entry.Batch != nil {
			stated = append(stated, entry.Batch.Facts...)
			input.Batches = append(input.Batches, entry.Batch.Head(played.Start))
			for _, flow := range entry.Batch.Flows {
				if flow.Minute() == input.Minute {
					input.Rows = append(input.Rows, attribution.ReportedRow{Agent: entry.Batch.Agent, Row: flow})
				}
			}
		}
		for _, fact := range stated {
			facts[factKey{fact.Kind, fact.Key, fact.Period.From}] = fact
		}
	}
	whole := model.Period{From: input.Minute.Start(), To: input.Minute.End()}
	for _, fact := range facts {
		if fact.Period.Overlaps(whole) {
			input.Facts = append(input.Facts, fact)
		}
	}
	input.Batches = slices.DeleteFunc(input.Batches, func(head model.BatchHead) bool { return head.MinuteFrom > input.Minute })
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	computed, err := minute.Compute(input, minute.ListPrices(book))
	if err != nil {
		t.Fatal(err)
	}
	for i := range computed.Edges {
		wireBytes += computed.Edges[i].Sent.WireBytes
	}
	if wireBytes == 0 {
		t.Fatal("the recording's first minute is empty")
	}
	return len(computed.Edges), wireBytes
}

// startedDemo is the program as a process of its own.
type startedDemo struct {
	process *os.Process
	lines   <-chan string // closed when the process has ended
	ended   <-chan error
}

// startDemo builds the program and starts it. It is stopped when ctx ends.
func startDemo(ctx context.Context, t *testing.T, args ...string) *startedDemo {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "egressor")
	if text, err := exec.CommandContext(ctx, "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("building the program: %v\n%s", err, text)
	}
	cmd := exec.CommandContext(ctx, binary, args...)
	// It stops its databases before it ends; what outlives it is killed by them.
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = time.Minute
	reader, writer := io.Pipe()
	cmd.Stdout, cmd.Stderr = writer, writer
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := make(chan string)
	go func() {
		defer close(lines)
		for scanner := bufio.NewScanner(reader); scanner.Scan(); {
			lines <- scanner.Text()
		}
	}()
	ended := make(chan error, 1)
	go func() {
		err := cmd.Wait()
		_ = writer.Close() // it never fails
		ended <- err
	}()
	return &startedDemo{cmd.Process, lines, ended}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	address, release, err := testkit.HoldAddress()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	return address
}

// TestDemoArguments: a file belongs to --recording, and it must be one.
func TestDemoArguments(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.egrec")
	if err := os.WriteFile(broken, []byte("EGREC1\nnot gzip"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		args []string
		code int
	}{
		"a file alone":  {[]string{"demo", "shop.egrec"}, exitcode.Usage},
		"two files":     {[]string{"demo", "--recording", "a", "b"}, exitcode.Usage},
		"no such file":  {[]string{"demo", "--recording", filepath.Join(t.TempDir(), "none")}, exitcode.Failed},
		"a broken file": {[]string{"demo", "--recording", broken}, exitcode.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			if code := run(t.Context(), test.args); code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
		})
	}
}

// TestDemoSaysWhyItReplays: no root, no BTF and no Linux are no failure.
func TestDemoSaysWhyItReplays(t *testing.T) {
	var out bytes.Buffer
	d := demo{
		service: app.DefaultConfig(), out: &out, reporter: report.Discard(),
		mayCapture: func() error { return errors.New("the kernel has no BTF") },
	}
	d.service.DataDir, d.service.Listen = t.TempDir(), "nowhere" // ends it before the databases
	if err := d.run(t.Context()); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Fatalf("got %v, want an error about the address", err)
	}
	played, err := recording.Shop()
	if err != nil {
		t.Fatal(err)
	}
	want := "eBPF cannot run here (the kernel has no BTF): replaying a capture recorded on " + played.Start.Format("2006-01-02") + " at true pace"
	if !strings.Contains(out.String(), want) || !strings.Contains(out.String(), played.Machine) {
		t.Errorf("it said %q, want %q and the machine", out.String(), want)
	}
}

// TestRecordedStoryWaitsForTheRollout: first releases are no rollout.
func TestRecordedStoryWaitsForTheRollout(t *testing.T) {
	story := newRecordedStory()
	story.stated([]model.Fact{{Revision: &model.RevisionFact{Number: 1}}, {Pod: &model.PodFact{}}})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := story.wait(ended); !errors.Is(err, context.Canceled) {
		t.Fatalf("the first release passes for the rollout: %v", err)
	}
	for range 2 {
		story.stated([]model.Fact{{Revision: &model.RevisionFact{Number: 2}}})
	}
	if err := story.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
}
