package alert_test

import (
	"bytes"
	"log/slog"
	"maps"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	eventsv1 "k8s.io/api/events/v1"

	"github.com/egressor/egressor/graphsvc/alert"
	"github.com/egressor/egressor/internal/kube"
	"github.com/egressor/egressor/internal/kube/kubetest"
	"github.com/egressor/egressor/internal/model"
)

// TestKubernetesEvents writes them into a real API server, with the leave that the
// chart gives and no more: an incident told twice is one event with a count, its
// end another, and what is about no workload is skipped.
func TestKubernetesEvents(t *testing.T) {
	server := kubetest.Start(t)
	client := server.Client()
	kubetest.Small(client)
	var log bytes.Buffer
	registry := prometheus.NewRegistry()
	writer, err := kube.NewEventWriter(&kube.Config{Kubeconfig: server.Kubeconfig("reader")}, "graphsvc-0")
	if err != nil {
		t.Fatal(err)
	}
	n := alert.New(alert.Settings{Kubernetes: true, PublicURL: "https://egressor.example"}, writer, still{}, slog.New(slog.NewTextHandler(&log, nil)), registry)
	began := incident()
	began.Findings = []model.Finding{{Kind: "price-book"}, {Kind: "rollout", Entity: "w/lab/shop/Deployment/web"}}
	n.Notify(t.Context(), began)
	if !strings.Contains(log.String(), "forbidden") {
		t.Errorf("without leave: %s", log.String())
	}
	kubetest.AllowVerbs(client, "events", []string{"create", "get", "update"}, "events.events.k8s.io")
	kubetest.AllowVerbs(client, "workloads", []string{"get"}, "deployments.apps")
	over, nobody := began, incident()
	over.Until = 29_900_060
	nobody.ID = "i0124"
	began.Title = strings.Repeat("ü", 1000)
	for t.Context().Err() == nil && len(ours(client)) == 0 {
		n.Notify(t.Context(), began) // the API server learns of new leave by and by
	}
	for _, told := range []model.Incident{began, began, over, nobody} {
		n.Notify(t.Context(), told)
	}
	events := ours(client)
	if len(events) != 2 {
		t.Fatalf("there are %d events, want 2; the log says %s", len(events), log.String())
	}
	first, last := events["egressor.i0123"], events["egressor.i0123.over"]
	if r := first.Regarding; r.Kind != "Deployment" || r.APIVersion != "apps/v1" || r.Name != "web" || string(r.UID) != client.UID("web") {
		t.Errorf("it is about %+v", r)
	}
	if first.Type != "Warning" || first.Reason != "EgressorIncident" || first.Series == nil || first.Series.Count != 3 || len(first.Note) > 1024 || !strings.HasSuffix(first.Note, "/incidents/i0123") {
		t.Errorf("the first is %+v", first)
	}
	if last.Type != "Normal" || last.Series != nil || !strings.HasPrefix(last.Note, "Over: ") || !strings.HasSuffix(last.Note, "https://egressor.example/incidents/i0123") {
		t.Errorf("the last is %+v", last)
	}
	metrics, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	skipped := 0.0
	for _, metric := range metrics[0].GetMetric() {
		if metric.GetLabel()[0].GetValue() == "skipped" {
			skipped = metric.GetCounter().GetValue()
		}
	}
	if skipped != 1 {
		t.Errorf("%v were skipped as being about nobody, want 1", skipped)
	}
}

// ours are the events that this program wrote: the API server writes some too.
func ours(client *kubetest.Client) map[string]eventsv1.Event {
	events := client.Events("shop")
	maps.DeleteFunc(events, func(_ string, e eventsv1.Event) bool { return e.ReportingController != "egressor.dev/graphsvc" })
	return events
}
