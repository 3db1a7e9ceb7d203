package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/report"
)

// demoWindow is shorter than an agent's default, so that the first version
// appears sooner.
const demoWindow = 5 * time.Second

func demoCommand() *cobra.Command {
	d := demo{service: app.DefaultConfig(), mayCapture: canCapture}
	cmd := &cobra.Command{
		Use:   "demo [--recording [FILE]]",
		Short: "Run everything on this machine: a lab that really talks, agents, stores, graph and browser",
		Long: `Builds three nodes in three zones out of network namespaces and cgroups, lets a
dozen workloads talk, counts every byte with one eBPF agent per node, and serves
the graph. After four minutes a rollout makes one workload pull large responses
across zones. Everything is on loopback and removed at the end.

Where eBPF cannot run, and with --recording, agents and lab are a recording,
played at true pace: FILE, or the one within this program.`,
		Example: "  egressor demo --for 5m\n  egressor demo --recording",
		Args:    d.takeArgs,

		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, _ []string) error {
			reporter, err := reporterOf(cmd)
			if err != nil {
				return err
			}
			d.reporter, d.out = reporter, cmd.OutOrStdout()
			if d.recordTo != "" {
				return d.runRecorder(cmd.Context())
			}
			return d.run(cmd.Context())
		},
	}
	d.addRecordingFlags(cmd.Flags())
	cmd.Flags().DurationVar(&d.lasts, "for", 0, "end after this long; 0 runs until Ctrl-C")
	cmd.Flags().DurationVar(&d.storyAfter, "story-after", 4*time.Minute, "when the rollout of the story happens: what comes sooner has no usual to differ from")
	cmd.Flags().BoolVar(&d.keep, "keep", false, "keep the data directory at the end")
	d.service.DataDir = ""
	d.service.AddFlags(cmd.Flags())
	return cmd
}

// demo is one run of the demo.
type demo struct {
	service    app.Config
	lasts      time.Duration
	storyAfter time.Duration
	keep       bool
	recordingFlags
	reporter *report.Reporter
	out      io.Writer

	// mayCapture says why a demo on the kernel cannot run here.
	mayCapture func() error
	begin      time.Time
	lab        *lab.Lab
	// rollout returns when the story's rollout has happened.
	rollout func(context.Context) error
}

func (d *demo) run(ctx context.Context) error {
	d.begin = time.Now()
	if d.lasts > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, d.lasts)
		defer cancel()
	}
	if err := d.prepare(); err != nil {
		return err
	}
	defer d.removeData()
	if d.replay {
		return d.runRecording(ctx, "")
	}
	if err := d.mayCapture(); err != nil {
		return d.runRecording(ctx, fmt.Sprintf("eBPF cannot run here (%v): ", err))
	}
	return d.runLive(ctx)
}

func (d *demo) prepare() error {
	if d.service.DataDir == "" {
		dir, err := os.MkdirTemp("", "egressor-demo-")
		if err != nil {
			return fmt.Errorf("making the demo's data directory: %w", err)
		}
		d.service.DataDir = dir
	} else {
		d.keep = true
		if err := os.MkdirAll(d.service.DataDir, 0o700); err != nil {
			return fmt.Errorf("making the demo's data directory: %w", err)
		}
	}
	d.service.Lab, d.service.Rules.EarlyFirst = true, true
	d.service.Inventory = filepath.Join(d.service.DataDir, lab.InventoryFile)
	d.service.Endpoints = filepath.Join(d.service.DataDir, lab.EndpointsFile)
	d.say("state in %s", d.service.DataDir)
	return nil
}

func (d *demo) removeData() {
	if d.keep {
		d.say("kept %s", d.service.DataDir)
		return
	}
	if err := os.RemoveAll(d.service.DataDir); err != nil {
		d.say("the data directory %s could not be removed: %v", d.service.DataDir, err)
	}
}

// runLive is the demo on the kernel: lab and service start side by side, then
// the agents.
func (d *demo) runLive(ctx context.Context) error {
	binary, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program's own file: %w", err)
	}
	d.lab, err = lab.New(lab.Config{Binary: binary, Dir: d.service.DataDir, Log: d.reporter.Log("lab")})
	if err != nil {
		return err
	}
	defer stopOnPanic(d.lab)
	d.rollout = func(ctx context.Context) error { return d.lab.RunStory(ctx, d.storyAfter) }
	service, err := app.New(d.service, d.reporter)
	if err != nil {
		return usage(err)
	}
	versions := service.Hub.Subscribe(ctx)
	parts := []component.Named{
		{Name: "lab and databases", Component: component.Together{
			{Name: "lab", Component: labPart{d}},
			{Name: "databases", Component: timed{d, "ClickHouse and Neo4j answer", databases{service, d.reporter}}},
		}},
	}
	parts = append(parts, service.Serving()...)
	parts = append(parts, component.Named{Name: "agents", Component: newAgents(d, service, binary)},
		component.Named{Name: "guide", Component: newGuide(d, service, versions)})
	err = component.Run(ctx, d.reporter.Log("demo"), parts...)
	d.say("the demo has ended; nothing is left behind")
	return err
}

// say prints one line of progress with the time since the start.
func (d *demo) say(format string, args ...any) {
	fmt.Fprintf(d.out, "%6.1fs  %s\n", time.Since(d.begin).Seconds(), fmt.Sprintf(format, args...))
}

// labPart is the lab as a component.
type labPart struct{ demo *demo }

func (p labPart) Start(ctx context.Context) error {
	if err := p.demo.lab.Start(ctx); err != nil {
		return err
	}
	p.demo.say("the lab runs: %d nodes in %d zones, %d pods that talk", len(p.demo.lab.Nodes()), len(p.demo.lab.Nodes()), len(p.demo.lab.Pods()))
	return nil
}

func (p labPart) Stop(context.Context) error { return p.demo.lab.Stop() }

// timed says when a component has started.
type timed struct {
	demo *demo
	said string
	component.Component
}

func (t timed) Start(ctx context.Context) error {
	if err := t.Component.Start(ctx); err != nil {
		return err
	}
	t.demo.say("%s", t.said)
	return nil
}

// databases starts the service's stores in their order.
type databases struct {
	service  *app.App
	reporter *report.Reporter
}

func (s databases) Start(ctx context.Context) error {
	for i, part := range s.service.Stores.Parts {
		if err := part.Start(ctx); err != nil {
			return errors.Join(fmt.Errorf("starting %s: %w", part.Name, err), s.stop(ctx, i))
		}
	}
	return nil
}

func (s databases) Stop(ctx context.Context) error { return s.stop(ctx, len(s.service.Stores.Parts)) }

// stop stops the first n parts in reverse.
func (s databases) stop(ctx context.Context, n int) error {
	var failed error
	for i := n - 1; i >= 0; i-- {
		failed = errors.Join(failed, s.service.Stores.Parts[i].Stop(ctx))
	}
	return failed
}
