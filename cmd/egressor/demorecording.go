package main

import (
	"context"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/recording"
)

// recordingFlags are the demo's settings about recordings.
type recordingFlags struct {
	// replay plays a recording instead of the lab: replayFile, "" for the one
	// within this program.
	replay     bool
	replayFile string
	// recordTo is where the lab is recorded to; then nothing is served.
	recordTo string
}

func (f *recordingFlags) addRecordingFlags(flags *pflag.FlagSet) {
	flags.BoolVar(&f.replay, "recording", false, "play a recording instead of the lab: the file named behind it, or the one within this program")
	flags.StringVar(&f.recordTo, "record", "", "record the lab's agents to this file, serving nothing")
	_ = flags.MarkHidden("record") // it exists: the line above
}

// takeArgs takes the file that may stand behind --recording.
func (f *recordingFlags) takeArgs(cmd *cobra.Command, args []string) error {
	if !f.replay {
		return noArgs(cmd, args)
	}
	if len(args) > 0 {
		f.replayFile = args[0]
	}
	return usage(cobra.MaximumNArgs(1)(cmd, args))
}

func (f *recordingFlags) load() (*recording.Recording, error) {
	if f.replayFile != "" {
		return recording.Load(f.replayFile)
	}
	return recording.Shop()
}

// canCapture says in one sentence why a demo on the kernel cannot run here.
func canCapture() error {
	if err := lab.Preflight(); err != nil {
		return err
	}
	return probeWorks()
}

// runRecording is the demo on a recording; why begins the line that says so.
func (d *demo) runRecording(ctx context.Context, why string) error {
	played, err := d.load()
	if err != nil {
		return err
	}
	d.say("%sreplaying a capture recorded on %s at true pace", why, played.Start.Format("2006-01-02"))
	d.say("it is %s of %s, recorded on %s", played.Length.Round(recordedPrecision), played.What, played.Machine)
	service, err := app.New(d.service, d.reporter)
	if err != nil {
		return usage(err)
	}
	versions := service.Hub.Subscribe(ctx)
	story := newRecordedStory()
	d.rollout = story.wait
	player := recording.NewPlayer(played,
		recording.Config{Inventory: d.service.Inventory, Endpoints: d.service.Endpoints},
		recording.Dependencies{
			Server: service.IngestAddress, Clock: clock.System{}, Log: d.reporter.Log("recording"),
			OnFacts: story.stated, OnEnd: func() { d.say("the recording has ended; its graph can be explored until Ctrl-C") },
		})
	parts := []component.Named{
		{Name: "databases", Component: timed{d, "ClickHouse and Neo4j answer", databases{service, d.reporter}}},
		{Name: "recorded facts", Component: cue{player}},
	}
	parts = append(parts, service.Serving()...)
	parts = append(parts, component.Named{Name: "recording", Component: player},
		component.Named{Name: "guide", Component: newGuide(d, service, versions)})
	err = component.Run(ctx, d.reporter.Log("demo"), parts...)
	d.say("the demo has ended; nothing is left behind")
	return err
}

// cue states the recorded facts before the service reads its inventory.
type cue struct{ player *recording.Player }

func (c cue) Start(ctx context.Context) error { return c.player.Cue(ctx) }
func (cue) Stop(context.Context) error        { return nil }

// recordedStory waits for the rollout among the recorded facts.
type recordedStory struct {
	happened chan struct{}
	once     sync.Once
}

func newRecordedStory() *recordedStory { return &recordedStory{happened: make(chan struct{})} }

// stated is told every fact of the recording at its time.
func (s *recordedStory) stated(facts []model.Fact) {
	for _, fact := range facts {
		if fact.Revision != nil && fact.Revision.Number > 1 {
			s.once.Do(func() { close(s.happened) })
		}
	}
}

func (s *recordedStory) wait(ctx context.Context) error {
	select {
	case <-s.happened:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
