package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/report"
)

// withExplorer connects to the stores of a running service, or starts the
// embedded ones, and asks them.
func withExplorer(cmd *cobra.Command, settings app.Config, ask func(*query.Explorer) error) error {
	return withStores(cmd, settings, func(stores *app.Stores) error { return inWords(ask(stores.Explorer())) })
}

func withStores(cmd *cobra.Command, settings app.Config, use func(*app.Stores) error) error {
	reporter, err := reporterOf(cmd)
	if err != nil {
		return err
	}
	stores, err := storesOf(settings, reporter)
	if err != nil {
		return err
	}
	return component.Once(cmd.Context(), reporter.Log(cmd.Name()), func() error { return use(stores) }, stores.Parts...)
}

// storesOf are the stores of a running service, or embedded ones that are to be
// started; where there is no data, that is bad usage.
func storesOf(settings app.Config, reporter *report.Reporter) (*app.Stores, error) {
	settings, err := settings.Attached()
	if err != nil {
		return nil, err
	}
	if err := settings.HasData(); err != nil {
		return nil, usage(err)
	}
	stores, err := app.NewStores(settings, reporter)
	if err != nil {
		return nil, usage(err)
	}
	return stores, nil
}

// inWords adds what to do to an explorer's error; a question that cannot be
// asked is bad usage.
func inWords(err error) error {
	var known *query.Error
	if !errors.As(err, &known) {
		return err
	}
	told := fmt.Errorf("%w (%s)", err, known.Hint)
	if known.Code == query.CodeBadInput {
		return usage(told)
	}
	return told
}

// timeFlag is a moment in RFC 3339; zero where the flag was not given.
type timeFlag struct{ time.Time }

func (f *timeFlag) String() string {
	if f.IsZero() {
		return ""
	}
	return f.Format(time.RFC3339)
}

// Set reads the moment.
func (f *timeFlag) Set(text string) (err error) {
	f.Time, err = time.Parse(time.RFC3339, text)
	return err
}

// Type names the format in the help.
func (*timeFlag) Type() string { return "RFC3339" }
