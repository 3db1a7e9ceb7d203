package alert_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/egressor/egressor/graphsvc/alert"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func incident() model.Incident {
	return model.Incident{
		ID: "i0123", Kind: "step", Title: "shop/web to shop/api: 3 times the usual bytes", Since: 29_900_000, Detected: 29_900_001,
		ImpactPerDay: money.FromNano(12_340_000_000), ImpactPerDayLow: money.FromNano(12_000_000_000), ImpactPerDayHigh: money.FromNano(12_680_000_000), RangePercent: 90, Impact: money.FromNano(1_000_000_000), Currency: "USD", Conclusion: "rollout: shop/web",
	}
}

// TestEveryReceiverIsTold when an incident begins and when it ends, under one key.
func TestEveryReceiverIsTold(t *testing.T) {
	got := map[string][]string{}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || !json.Valid(body) {
			t.Errorf("%s got %q, %v", r.URL.Path, body, err)
		}
		got[r.URL.Path] = append(got[r.URL.Path], string(body))
	}))
	defer server.Close()
	n := alert.New(alert.Settings{Webhook: server.URL + "/hook", Slack: server.URL + "/slack", Alertmanager: server.URL + "/", PublicURL: "https://egressor.example/"}, nil, still{}, slog.New(slog.DiscardHandler), nil)
	begun := incident()
	begun.Findings = []model.Finding{{Kind: "rollout", Entity: "w/lab/shop/Deployment/web"}}
	over := begun
	over.Until = 29_900_060
	n.Notify(t.Context(), begun)
	n.Notify(t.Context(), over)
	n.Renew(t.Context(), begun)
	for path, want := range map[string][2][]string{
		"/hook":          {{`"key":"i0123"`, `"status":"firing"`, `"command":"kubectl -n shop rollout undo deployment/web"`, `"impactPerDay":"12.34","impactPerDayLow":"12","impactPerDayHigh":"12.68","rangePercent":90`, "https://egressor.example/incidents/i0123"}, {`"key":"i0123"`, `"status":"resolved"`, `"until":`}},
		"/slack":         {{"3 times the usual bytes", "rollout", "To do: ", "kubectl -n shop rollout undo deployment/web", "To undo that: ", "UTC on 2026-", "https://egressor.example/incidents/i0123"}, {"Over since", "1.00 USD"}},
		"/api/v2/alerts": {{`"alertname":"EgressorIncident"`, `"incident":"i0123"`, `"startsAt"`, `"action":`, "rollout undo"}, {`"endsAt"`, `"incident":"i0123"`}},
	} {
		times := 2
		if path == "/api/v2/alerts" {
			times = 3 // and that it lasts
		}
		if len(got[path]) != times {
			t.Errorf("%s was told %d times, want %d", path, len(got[path]), times)
			continue
		}
		for i, texts := range want {
			for _, text := range texts {
				if !strings.Contains(got[path][i], text) {
					t.Errorf("%s, message %d: no %s in %s", path, i, text, got[path][i])
				}
			}
		}
	}
	for _, lasting := range []int{0, 2} {
		if text := got["/api/v2/alerts"][lasting]; !strings.Contains(text, `"endsAt":"2026-11-23T13:04:00Z"`) {
			t.Errorf("an alert that lasts is not told to end in three hours: %s", text)
		}
	}
}

// still is a clock that stands.
type still struct{}

func (still) Now() time.Time                       { return time.Date(2026, 11, 23, 10, 4, 0, 0, time.UTC) }
func (still) After(time.Duration) <-chan time.Time { return nil }

// TestAFailingReceiverIsCounted and does not keep the others from being told.
func TestAFailingReceiverIsCounted(t *testing.T) {
	told := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hook" {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		told++
	}))
	defer server.Close()
	registry := prometheus.NewRegistry()
	n := alert.New(alert.Settings{Webhook: server.URL + "/hook", Slack: server.URL + "/slack"}, nil, still{}, slog.New(slog.DiscardHandler), registry)
	n.Notify(t.Context(), incident())
	want := `# HELP egressor_alert_sent_total Alerts by receiver and outcome.
# TYPE egressor_alert_sent_total counter
egressor_alert_sent_total{outcome="failed",receiver="webhook"} 1
egressor_alert_sent_total{outcome="ok",receiver="slack"} 1
`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want), "egressor_alert_sent_total"); err != nil || told != 1 {
		t.Errorf("told %d: %v", told, err)
	}
}

func TestSettingsAreChecked(t *testing.T) {
	for _, bad := range []alert.Settings{{Webhook: "localhost:80"}, {Slack: "ftp://x"}, {Alertmanager: "http://"}, {PublicURL: "://"}} {
		if bad.Check() == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
	good := alert.Settings{Webhook: "https://hooks.example/x"}
	if err := good.Check(); err != nil || !good.Enabled() {
		t.Errorf("refused: %v", err)
	}
}

// TestSecretsStayOutOfTheLog: an incoming webhook's address is its password.
func TestSecretsStayOutOfTheLog(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	address := gone.URL
	gone.Close()
	var log bytes.Buffer
	notifier := alert.New(alert.Settings{Slack: address + "/services/T0/B0/s3cret"}, nil, still{}, slog.New(slog.NewTextHandler(&log, nil)), nil)
	notifier.Notify(t.Context(), model.Incident{ID: "i1", Title: "a title"})
	if text := log.String(); !strings.Contains(text, "was not delivered") || strings.Contains(text, "s3cret") {
		t.Errorf("the log says %s", text)
	}
}

// TestSlackShowsNamesAsTheyStand: nobody is called by what a rollout's note says.
func TestSlackShowsNamesAsTheyStand(t *testing.T) {
	said := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var message struct{ Text string }
		_ = json.NewDecoder(r.Body).Decode(&message)
		said <- message.Text
	}))
	defer server.Close()
	alert.New(alert.Settings{Slack: server.URL, PublicURL: "http://e"}, nil, still{}, slog.New(slog.DiscardHandler), nil).
		Notify(t.Context(), model.Incident{ID: "i1", Title: "a <!channel>", Conclusion: "b & <http://evil|us>"})
	if got := <-said; !strings.Contains(got, "a &lt;!channel&gt;") || !strings.Contains(got, "b &amp; &lt;http://evil|us&gt;") || !strings.Contains(got, "<http://e/incidents/i1|Details>") {
		t.Errorf("it says %s", got)
	}
}
