package alert

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/pflag"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

// Settings are who is told. Empty addresses are nobody.
type Settings struct {
	// Webhook takes the incident as JSON, Slack an incoming webhook's message,
	// Alertmanager the base URL of its API.
	Webhook, Slack, Alertmanager string
	// Kubernetes writes events on the workloads that incidents are about, into the
	// clusters that are watched.
	Kubernetes bool
	// PublicURL is where people reach the user interface, for links.
	PublicURL string
}

// AddFlags defines the settings as flags.
func (s *Settings) AddFlags(flags *pflag.FlagSet) {
	flags.StringVar(&s.Webhook, "alert-webhook", s.Webhook, "URL that each incident is posted to as JSON, when it begins and when it ends")
	flags.StringVar(&s.Slack, "alert-slack", s.Slack, "incoming-webhook URL of Slack or of what speaks its form")
	flags.StringVar(&s.Alertmanager, "alert-alertmanager", s.Alertmanager, "base URL of an Alertmanager, for example http://alertmanager:9093")
	flags.BoolVar(&s.Kubernetes, "alert-kubernetes-events", s.Kubernetes, "write a Kubernetes event on the workload that an incident is about, in the clusters that are watched; it needs leave to create and update events, and to get workloads")
	flags.StringVar(&s.PublicURL, "public-url", s.PublicURL, "where people reach the user interface, for links in alerts; default http:// and --listen")
}

// Enabled reports whether anybody is to be told.
func (s *Settings) Enabled() bool {
	return s.Webhook != "" || s.Slack != "" || s.Alertmanager != "" || s.Kubernetes
}

// Check refuses addresses that are no HTTP URLs.
func (s *Settings) Check() error {
	for flag, address := range map[string]string{
		"alert-webhook": s.Webhook, "alert-slack": s.Slack, "alert-alertmanager": s.Alertmanager, "public-url": s.PublicURL,
	} {
		if address == "" {
			continue
		}
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("--%s %q: want an http or https URL", flag, address)
		}
	}
	return nil
}

// Notifier posts to the receivers.
type Notifier struct {
	settings Settings
	events   Events // nil for nobody
	client   *http.Client
	clock    clock.Clock
	log      *slog.Logger
	sent     *prometheus.CounterVec
}

// patience is how long a receiver may take: it must not hold up the next minute.
const patience = 5 * time.Second

// New returns a notifier. events is who writes Kubernetes events, nil for nobody.
func New(settings Settings, events Events, now clock.Clock, log *slog.Logger, registry *prometheus.Registry) *Notifier {
	n := &Notifier{
		settings: settings, events: events, client: &http.Client{Timeout: patience}, clock: now, log: log,
		sent: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "egressor_alert_sent_total", Help: "Alerts by receiver and outcome."}, []string{"receiver", "outcome"}),
	}
	if registry != nil {
		registry.MustRegister(n.sent)
	}
	return n
}

// Notify tells every receiver. A receiver that fails is counted and logged: the
// incident is in the graph all the same.
func (n *Notifier) Notify(ctx context.Context, incident model.Incident) {
	link := n.link(&incident)
	for _, receiver := range []struct {
		name, address string
		body          any
	}{
		{"webhook", n.settings.Webhook, webhookOf(&incident, link)},
		{"slack", n.settings.Slack, slackOf(&incident, link)},
		{"alertmanager", alertsAddress(n.settings.Alertmanager), alertmanagerOf(&incident, link, n.clock.Now())},
	} {
		if receiver.address == "" {
			continue
		}
		n.count(receiver.name, incident.ID, n.post(ctx, receiver.address, receiver.body))
	}
	if n.events != nil {
		n.count("kubernetes", incident.ID, n.event(ctx, &incident, link))
	}
}

// Renew tells Alertmanager that an incident lasts; nobody else needs to be told again.
func (n *Notifier) Renew(ctx context.Context, incident model.Incident) {
	if address := alertsAddress(n.settings.Alertmanager); address != "" {
		n.count("alertmanager", incident.ID, n.post(ctx, address, alertmanagerOf(&incident, n.link(&incident), n.clock.Now())))
	}
}

func (n *Notifier) link(incident *model.Incident) string {
	return strings.TrimSuffix(n.settings.PublicURL, "/") + "/incidents/" + incident.ID
}

// count says how telling a receiver went.
func (n *Notifier) count(receiver, incident string, err error) {
	outcome := "ok"
	switch {
	case errors.Is(err, errNobody):
		outcome = "skipped"
	case err != nil:
		outcome = "failed"
		n.log.Error("an alert was not delivered", "receiver", receiver, "incident", incident, "error", err)
	}
	n.sent.WithLabelValues(receiver, outcome).Inc()
}

func (n *Notifier) event(ctx context.Context, incident *model.Incident, link string) error {
	e, err := eventOf(incident, link)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return n.events.Write(ctx, e)
}

func alertsAddress(base string) string {
	if base == "" {
		return ""
	}
	return strings.TrimSuffix(base, "/") + "/api/v2/alerts"
}

func (n *Notifier) post(ctx context.Context, address string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := n.client.Do(request)
	// The error's own text has the whole address, which for Slack is the secret.
	if failed := (*url.Error)(nil); errors.As(err, &failed) {
		return fmt.Errorf("%s: %w", request.URL.Host, failed.Err)
	}
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("it answered %s", response.Status)
	}
	return nil
}
