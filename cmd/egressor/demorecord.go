package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/recording"
	"github.com/egressor/egressor/internal/version"
)

// recordedPrecision is how exactly a recording's length is told.
const recordedPrecision = time.Second

// runRecorder runs the lab and its agents with the real ingest, which stores
// into a recording: no database shares the machine with them.
func (d *demo) runRecorder(ctx context.Context) error {
	d.begin = time.Now()
	if d.lasts > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, d.lasts)
		defer cancel()
	}
	if err := d.mayCapture(); err != nil {
		return err
	}
	if err := d.prepare(); err != nil {
		return err
	}
	defer d.removeData()
	file, err := os.Create(d.recordTo)
	if err != nil {
		return fmt.Errorf("record the lab: %w", err)
	}
	recorder, err := recording.NewRecorder(file, recording.Header{
		Machine: machine(), What: "the demo's lab, with its rollout", Egressor: version.Version,
	}, clock.System{})
	if err == nil {
		err = d.record(ctx, recorder)
	}
	if err = errors.Join(err, recorder.Close(), file.Close()); err == nil {
		d.say("recorded to %s", d.recordTo)
	}
	return err
}

func (d *demo) record(ctx context.Context, recorder *recording.Recorder) error {
	binary, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program's own file: %w", err)
	}
	d.lab, err = lab.New(lab.Config{Binary: binary, Log: d.reporter.Log("lab"), OnChange: recorder.Facts})
	if err != nil {
		return err
	}
	defer stopOnPanic(d.lab)
	settings := ingest.DefaultConfiguration()
	settings.Listen = d.service.IngestListen
	server, err := ingest.New(d.reporter, settings, ingest.Dependencies{Store: recorder, Clock: clock.System{}})
	if err != nil {
		return usage(err)
	}
	return component.Run(ctx, d.reporter.Log("demo"),
		component.Named{Name: "lab", Component: labPart{d}},
		component.Named{Name: "ingest", Component: server},
		component.Named{Name: "agents", Component: newAgents(d, ingestOf{server}, binary)},
		component.Named{Name: "story", Component: &labStory{demo: d}},
	)
}

// ingestOf is a server as the agents ask for it.
type ingestOf struct{ server *ingest.Server }

func (i ingestOf) IngestAddress() string { return i.server.Address() }

// labStory lets the lab's rollout happen in its time.
type labStory struct {
	demo   *demo
	cancel context.CancelFunc
	done   chan error
}

func (s *labStory) Start(ctx context.Context) error {
	ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.done = make(chan error, 1)
	go func() { s.done <- s.demo.lab.RunStory(ctx, s.demo.storyAfter) }()
	return nil
}

// Stop tells when the rollout failed: a recording without it is not to be kept.
func (s *labStory) Stop(context.Context) error {
	s.cancel()
	if err := <-s.done; err != nil {
		return fmt.Errorf("the rollout of the story did not happen: %w", err)
	}
	return nil
}

// machine says in words what this runs on.
func machine() string {
	system := runtime.GOOS
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		system = "Linux " + strings.TrimSpace(string(release))
	}
	return fmt.Sprintf("%s, %s, %d CPUs", system, runtime.GOARCH, runtime.NumCPU())
}
