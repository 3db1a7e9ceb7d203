package insight

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Flows is what the watcher reads of the flow store.
type Flows interface {
	Versions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error)
	Sums(ctx context.Context, w flowstore.Window) ([]flowstore.EdgeSum, error)
	Keys(ctx context.Context, ids []model.EdgeID) (map[model.EdgeID]*model.EdgeKey, error)
	ChargeSums(ctx context.Context, version model.GraphVersion) ([]flowstore.ChargeSum, error)
	Hours(ctx context.Context, w flowstore.Window, least int, take func(flowstore.FlowHour) error) error
	Facts(ctx context.Context, from, to, through time.Time) ([]model.Fact, time.Time, error)
}

// Graph is where insights are kept.
type Graph interface {
	Head(ctx context.Context) (model.GraphVersion, bool, error)
	SaveIncident(ctx context.Context, incident model.Incident) error
	Incidents(ctx context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error)
	SaveRecommendations(ctx context.Context, recommendations []model.Recommendation) error
	Made(ctx context.Context, since model.Minute) ([]model.Recommendation, error)
	SaveVerdicts(ctx context.Context, verdicts []model.Verdict) error
}

// Versions announces committed versions.
type Versions interface {
	Subscribe(ctx context.Context) <-chan model.GraphVersion
}

// Inquirer makes investigations by rule, each once, whoever asks for it and how often.
type Inquirer interface {
	Inquire(ctx context.Context, i inquiry.Inquiry) error
}

// Notifier is told of incidents that began or ended.
type Notifier interface {
	Notify(ctx context.Context, incident model.Incident)
	// Renew is told of one that lasts, each hour at least.
	Renew(ctx context.Context, incident model.Incident)
}

var _ Flows = (*flowstore.Store)(nil)

// Settings are how the watcher works.
type Settings struct {
	Detection baseline.Settings
	// AdviseEvery is how many minutes lie between two searches for savings.
	AdviseEvery model.Minute
	// LookBack is how many days of transfers a search looks at.
	LookBack int
	// InvestigateFrom is what an incident must cost a day to be investigated by itself;
	// risks are whatever they cost. Nil investigates none.
	InvestigateFrom *money.Amount
	// KubernetesMinor is the clusters' minor version (33 for 1.33), 0 if unknown.
	KubernetesMinor int
}

// DefaultSettings look for savings every five minutes in the last seven days, and
// investigate every incident.
func DefaultSettings() Settings {
	const every, days = 5, 7
	return Settings{Detection: baseline.DefaultSettings(), AdviseEvery: every, LookBack: days, InvestigateFrom: &money.Amount{}}
}

// Dependencies are what a watcher needs.
type Dependencies struct {
	Flows    Flows
	Graph    Graph
	Versions Versions
	// Book prices the counterfactuals of a minute.
	Book     func(minute model.Minute) *pricing.Book
	Notifier Notifier // nil where nobody is to be told
	Inquirer Inquirer // nil where nothing is investigated by itself
	Clock    clock.Clock
	Log      *slog.Logger
	Registry *prometheus.Registry
}

// Watcher turns versions into incidents and recommendations.
type Watcher struct {
	d        Dependencies
	settings Settings
	metrics  metrics
	detector *baseline.Detector
	tracker  baseline.Tracker
	adviser  adviser
	beside   beside
	resumed  resumed
	inquired inquiries
	// said is what was stored of each open incident.
	said map[string]said
	// notified are those that somebody was told of.
	notified map[string]bool
	// agents is the newest minute that each agent reported in.
	agents map[model.AgentID]model.Minute
	component.Background
}

// New returns an inert watcher.
func New(d Dependencies, settings Settings) (*Watcher, error) {
	detector, err := baseline.NewDetector(settings.Detection)
	if err != nil {
		return nil, err
	}
	if settings.AdviseEvery < 1 || settings.LookBack < 1 {
		return nil, fmt.Errorf("savings are searched every %d minutes in %d days: want 1 or more of both", settings.AdviseEvery, settings.LookBack)
	}
	metrics := newMetrics(d.Registry)
	return &Watcher{
		d: d, settings: settings, metrics: metrics, detector: detector, adviser: adviser{d: d, settings: settings, metrics: metrics},
		said: map[string]said{}, notified: map[string]bool{}, agents: map[model.AgentID]model.Minute{}, inquired: inquiries{causes: map[string]string{}},
	}, nil
}

// Start begins to follow versions. The past is read in the background: a long one
// must not hold up the service.
func (w *Watcher) Start(ctx context.Context) error {
	subscribed := make(chan struct{})
	w.Go(ctx, func(ctx context.Context) {
		versions := w.d.Versions.Subscribe(ctx)
		close(subscribed)
		w.run(ctx, versions)
	})
	<-subscribed // no version that comes after the start is missed
	return nil
}

func (w *Watcher) run(ctx context.Context, versions <-chan model.GraphVersion) {
	if err := w.recall(ctx); err != nil && ctx.Err() == nil {
		w.failed("the past could not be read: what is normal is learnt from now on", err)
	}
	for version := range versions {
		if err := w.look(ctx, version); err != nil && ctx.Err() == nil {
			w.failed("looking for incidents failed and will be tried with the next version", err)
		}
		w.inquired.beside.try(func() { w.inquire(ctx) })
		if s, due := w.due(version); due {
			w.beside.try(func() {
				if err := w.save(ctx, s); err != nil && ctx.Err() == nil {
					w.failed("searching for savings failed and will be tried with the next version", err)
				}
			})
		}
	}
	w.beside.wait()
	w.inquired.beside.wait()
}

func (w *Watcher) failed(what string, err error) {
	w.metrics.failures.Inc()
	w.d.Log.Error(what, "error", err)
}

// recallDays is how far back the past is read: what a median over weeks needs.
const recallDays = 28

// recall seeds the detector with the hours before the newest version's, or before the
// oldest incident that lasts.
func (w *Watcher) recall(ctx context.Context) error {
	head, ok, err := w.d.Graph.Head(ctx)
	if err != nil || !ok {
		return err
	}
	if err := w.resume(ctx, head.From); err != nil {
		w.failed("incidents that last may be told again, or never end", err)
	}
	const least = 30
	to := w.resumed.begin
	window := flowstore.Window{From: to - recallDays*24*minutesPerHour, To: to, Version: head.Number}
	return w.d.Flows.Hours(ctx, window, least, func(h flowstore.FlowHour) error {
		seed, err := hourOf(h)
		if err != nil {
			return err
		}
		return w.detector.Seed([]baseline.Hour{seed})
	})
}

func hourOf(h flowstore.FlowHour) (baseline.Hour, error) {
	source, err := model.ParseIdentity(h.Source)
	if err != nil {
		return baseline.Hour{}, err
	}
	destination, err := model.ParseIdentity(h.Destination)
	shape := func(r [5]float32) baseline.Shape {
		return baseline.Shape{Median: r[0], Lower: r[1], Upper: r[2], Peak: r[3], Mean: r[4]}
	}
	return baseline.Hour{
		Flow:  baseline.Flow{Source: source, Destination: destination, ServerPort: h.ServerPort, Protocol: h.Protocol, Initiator: h.Initiator},
		Start: h.Start, Bytes: shape(h.Bytes), Cost: shape(h.Cost),
	}, err
}

// Step looks at every minute up to a version's that was not looked at yet, and
// then searches for savings if it is time. A watcher that is started searches beside
// the minutes; one that is stepped is as far as its last version when it returns.
func (w *Watcher) Step(ctx context.Context, version model.GraphVersion) error {
	if err := w.look(ctx, version); err != nil {
		return err
	}
	w.inquire(ctx)
	if s, due := w.due(version); due {
		return w.save(ctx, s)
	}
	return nil
}

// look looks at every minute up to a version's that was not looked at yet.
func (w *Watcher) look(ctx context.Context, version model.GraphVersion) error {
	begin := w.d.Clock.Now()
	from := w.detector.Newest() + 1
	if w.detector.Newest() == 0 {
		from = version.From - version.From%minutesPerHour // the hour that recall left out
		if w.resumed.begin != 0 {
			from = min(from, w.resumed.begin)
		}
	}
	versions, err := w.d.Flows.Versions(ctx, from, version.To, version.Number)
	if err != nil {
		return err
	}
	for _, v := range newestOf(versions) {
		// A minute that was folded before it ended is folded again.
		if v.CommittedAt.Before(v.To.Start()) {
			continue
		}
		if err := w.observe(ctx, v); err != nil {
			return fmt.Errorf("looking at minute %s of version %d: %w", v.From, v.Number, err)
		}
	}
	w.metrics.took(w.d.Clock.Now().Sub(begin), w.detector.Series())
	return w.endLost(ctx, version)
}

// newestOf keeps the newest version of each minute, by minute.
func newestOf(versions []model.GraphVersion) []model.GraphVersion {
	at := map[model.Minute]int{}
	var newest []model.GraphVersion
	for _, v := range versions {
		if n, known := at[v.From]; known {
			newest[n] = v
			continue
		}
		at[v.From] = len(newest)
		newest = append(newest, v)
	}
	sortByMinute(newest)
	return newest
}
