package remedy_test

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/graphsvc/remedy"
	"github.com/egressor/egressor/internal/model"
)

const web = "w/lab/shop/Deployment/web"

func found(kind diagnosis.CauseKind, entity string) *model.Incident {
	return &model.Incident{Findings: []model.Finding{{Kind: string(kind), Subject: "it", Entity: entity}}}
}

func TestCommands(t *testing.T) {
	for _, c := range []struct {
		kind          diagnosis.CauseKind
		entity        string
		command, undo string
	}{
		{diagnosis.CauseRollout, web, "kubectl -n shop rollout undo deployment/web", "kubectl -n shop rollout undo deployment/web"},
		{diagnosis.CauseConfig, "w/lab/shop/Rollout/web", "kubectl argo rollouts -n shop undo web", "kubectl argo rollouts -n shop undo web"},
		{diagnosis.CauseBatch, "w/lab/batch/CronJob/dump", `kubectl -n batch patch cronjob/dump -p '{"spec":{"suspend":true}}'`, `kubectl -n batch patch cronjob/dump -p '{"spec":{"suspend":false}}'`},
		{diagnosis.CauseRetries, web, "kubectl -n shop logs deployment/web --since=30m", ""},
		// What is no name of Kubernetes never comes into a command.
		{diagnosis.CauseRollout, "w/lab/shop/Deployment/web;reboot", "", ""},
		{diagnosis.CauseRollout, "w/lab/-A/Deployment/web", "", ""},
	} {
		r := remedy.Of(found(c.kind, c.entity))
		if r.Command != c.command || r.UndoCommand != c.undo {
			t.Errorf("%s of %s: %q, undone by %q; want %q, %q", c.kind, c.entity, r.Command, r.UndoCommand, c.command, c.undo)
		}
	}
}

// TestEveryCauseHasOne also holds where no workload is known, and where no cause is.
func TestEveryCauseHasOne(t *testing.T) {
	kinds := []diagnosis.CauseKind{
		diagnosis.CauseRollout, diagnosis.CauseConfig, diagnosis.CauseCompression, diagnosis.CauseScaling, diagnosis.CauseRescheduling, diagnosis.CauseNodes,
		diagnosis.CauseRoute, diagnosis.CauseService, diagnosis.CauseNewConsumer, diagnosis.CauseRetries, diagnosis.CauseBatch, diagnosis.CauseCache,
		diagnosis.CauseRestarts, diagnosis.CauseDemand, diagnosis.CausePrice, diagnosis.CauseTier,
	}
	for _, kind := range kinds {
		for _, entity := range []string{web, ""} {
			if r := remedy.Of(found(kind, entity)); r.Action == "" || r.Undo == "" || strings.Contains(r.Action, "whether this was meant") {
				t.Errorf("%s of %q has no remedy of its own: %+v", kind, entity, r)
			}
		}
	}
	for _, kind := range []string{"leak-like", "new-destination", "slow-burn", "step"} {
		i := &model.Incident{Kind: kind, Anomalies: []model.Anomaly{{Destination: web}}}
		if r := remedy.Of(i); !strings.Contains(r.Action, "shop/web") || r.Undo == "" {
			t.Errorf("%s: %+v", kind, r)
		}
	}
	if r := remedy.Of(&model.Incident{Kind: "step"}); r.Action == "" {
		t.Error("an incident of no node has no remedy")
	}
}
