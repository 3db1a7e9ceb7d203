package app

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/alert"
	"github.com/egressor/egressor/graphsvc/insight"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/kube"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/report"
)

// InsightSettings are how incidents and savings are searched for, as flags.
type InsightSettings struct {
	// FalseAlarms is how many incidents a month a normal cluster may raise.
	FalseAlarms float64
	// MinImpact is the least impact a day worth an incident, a decimal amount.
	MinImpact string
	// InvestigateFrom is what an incident must cost a day to be investigated by itself, a
	// decimal amount, or "none".
	InvestigateFrom string
	// LookBackDays is how many days of transfers savings are looked for in.
	LookBackDays int
	// KubernetesMinor is the clusters' minor version, 0 if unknown.
	KubernetesMinor int
}

func defaultInsights() InsightSettings {
	defaults := insight.DefaultSettings()
	return InsightSettings{
		FalseAlarms: defaults.Detection.FalseAlarmsPerMonth, MinImpact: defaults.Detection.MinImpactPerDay.Decimal(), InvestigateFrom: "0", LookBackDays: defaults.LookBack,
	}
}

func (s *InsightSettings) addFlags(flags *pflag.FlagSet) {
	flags.Float64Var(&s.FalseAlarms, "false-alarms", s.FalseAlarms, "how many incidents a month a cluster with normal traffic may raise")
	flags.StringVar(&s.MinImpact, "min-impact", s.MinImpact, "what a deviation must cost a day, in the price book's currency, to be an incident, and an incident to be told of; risks are whatever they cost")
	flags.StringVar(&s.InvestigateFrom, "investigate-from", s.InvestigateFrom, "what an incident must cost a day to be investigated by itself, by rule and not by a model; risks are whatever they cost; none turns it off")
	flags.IntVar(&s.LookBackDays, "savings-days", s.LookBackDays, "days of transfers in which savings are looked for")
	flags.IntVar(&s.KubernetesMinor, "kubernetes-minor", s.KubernetesMinor, "minor version of the clusters (33 for 1.33), for patches in its language; 0 is unknown")
}

// settings are checked here, where an error can name the flag.
func (s *InsightSettings) check() error {
	_, err := s.settings()
	return err
}

func (s *InsightSettings) settings() (insight.Settings, error) {
	settings := insight.DefaultSettings()
	var err error
	if settings.Detection.MinImpactPerDay, err = money.ParseDecimal(s.MinImpact); err != nil {
		return settings, fmt.Errorf("--min-impact %q: want a decimal amount such as 0.5: %w", s.MinImpact, err)
	}
	if settings.InvestigateFrom, err = investigateFrom(s.InvestigateFrom); err != nil {
		return settings, err
	}
	settings.Detection.FalseAlarmsPerMonth = s.FalseAlarms
	settings.LookBack, settings.KubernetesMinor = s.LookBackDays, s.KubernetesMinor
	if err := settings.Detection.Check(); err != nil {
		return settings, fmt.Errorf("--false-alarms and --min-impact: %w", err)
	}
	const most = 31
	if s.LookBackDays < 1 || s.LookBackDays > most {
		return settings, fmt.Errorf("--savings-days %d: want 1 to %d", s.LookBackDays, most)
	}
	if s.KubernetesMinor < 0 {
		return settings, fmt.Errorf("--kubernetes-minor %d: want 0 or a minor version such as 33", s.KubernetesMinor)
	}
	return settings, nil
}

// investigateFrom is nil where nothing is investigated by itself.
func investigateFrom(text string) (*money.Amount, error) {
	if text == "none" {
		return nil, nil //nolint:nilnil // documented: nothing is
	}
	least, err := money.ParseDecimal(text)
	if err == nil && least.Sign() < 0 {
		err = errors.New("it is negative")
	}
	if err != nil {
		return nil, fmt.Errorf("--investigate-from %q: want a decimal amount such as 5, or none: %w", text, err)
	}
	return &least, nil
}

func newInsights(config Config, stores *Stores, hub *rollup.Hub, prices *terms.Terms, inquirer insight.Inquirer, reporter *report.Reporter) (*insight.Watcher, error) {
	settings, err := config.Insights.settings()
	if err != nil {
		return nil, err
	}
	book := func(minute model.Minute) *pricing.Book {
		book, _ := prices.At(minute)
		return book
	}
	var notifier insight.Notifier
	if config.Alerts.Enabled() {
		if notifier, err = newNotifier(&config, reporter); err != nil {
			return nil, err
		}
	}
	return insight.New(insight.Dependencies{
		Flows: stores.Flows, Graph: stores.Graph, Versions: hub, Book: book, Notifier: notifier, Inquirer: inquirer,
		Clock: clock.System{}, Log: reporter.Log("insights"), Registry: reporter.Registry(),
	}, settings)
}

func newNotifier(config *Config, reporter *report.Reporter) (*alert.Notifier, error) {
	alerts := config.Alerts
	if alerts.PublicURL == "" {
		alerts.PublicURL = "http://" + config.Listen
	}
	var events alert.Events
	if alerts.Kubernetes {
		instance, err := os.Hostname() // in a pod that is the pod's name
		if err != nil {
			return nil, err
		}
		if events, err = kube.NewEventWriter(&config.Kube, instance); err != nil {
			return nil, err
		}
	}
	return alert.New(alerts, events, clock.System{}, reporter.Log("alerts"), reporter.Registry()), nil
}
