package api_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
)

type watched struct{}

func (watched) Watched() []query.ClusterWatch {
	return []query.ClusterWatch{{Name: "lab", Server: "https://lab:6443", ClockSkew: -1500 * time.Millisecond, Resources: []query.WatchedResource{
		{Resource: "pods", State: "denied", Message: "grant list and watch", Gap: true, Since: doubles.Epoch, NeededFor: "names of addresses"},
		{Resource: "nodes", State: "watching", Since: doubles.Epoch, Heard: doubles.Epoch, Objects: 3, Lists: 1},
	}}}
}

const askWatches = `{ watches { name clockSkewSeconds resources { resource state gap message heard objects } } }`

func watching() *service {
	s := newService()
	s.Server = api.New(api.Dependencies{
		Explorer:  query.New(query.Dependencies{Graphs: s.graphs, Series: s.series, Layout: s.layout, Sources: doubles.Sources{}, Clock: doubles.Clock(doubles.Epoch), Watches: watched{}}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.NewTextHandler(s.log, nil)),
	})
	return s
}

func TestAGapOfTheWatchSaysWhatToDo(t *testing.T) {
	answer := watching().must(t, askWatches, nil)
	pods, nodes := answer.at("watches", 0, "resources", 0).(map[string]any), answer.at("watches", 0, "resources", 1).(map[string]any)
	if pods["state"] != "DENIED" || pods["gap"] != true || pods["heard"] != nil || pods["message"] != "grant list and watch" {
		t.Errorf("%v", pods)
	}
	if nodes["state"] != "WATCHING" || nodes["gap"] != false || nodes["heard"] == nil {
		t.Errorf("%v", nodes)
	}
}

func TestWatchesAreForWhoSeesAll(t *testing.T) {
	s := watching()
	bob := access.Principal{Name: "bob", Method: "token", Role: access.Analyst, Scopes: []access.Scope{{Cluster: "lab", Namespace: "shop"}}}
	if answered := answerAs(t, s.Server, s.hub, bob, s.Schema().Query, askWatches); !strings.Contains(answered, `"watches":[]`) {
		t.Errorf("%s", answered)
	}
}
