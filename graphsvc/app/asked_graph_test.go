package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/chat"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/incidentbench"
	"github.com/egressor/egressor/graphsvc/insight"
	"github.com/egressor/egressor/graphsvc/placement"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/report"
)

// askedGraph is a generated cluster's hour in real stores, asked through the real
// API by the investigator's tools, and what is true of it.
type askedGraph struct {
	server *api.Server
	desk   *chat.Desk
	truth  *truth
	story  *incidentbench.Story
}

// askedMinutes are on each side of what happened.
const askedMinutes = 15

func newAskedGraph(t *testing.T, seed uint64, kind incidentgen.Kind) *askedGraph {
	t.Helper()
	story, err := incidentbench.Tell(seed, kind, askedMinutes, askedMinutes)
	if err != nil {
		t.Fatal(err)
	}
	writer := newGraphWriter(t)
	db := clickhousetest.Migrated(t)
	flows := flowstore.New(db)
	facts := newTruth(story)
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		t.Fatal(err)
	}
	for i, edges := range story.Minutes {
		writer.store1(t, flows, book, facts, story.From+model.Minute(i), edges)
	}
	for i := range story.Raised {
		if err := writer.store.SaveIncident(t.Context(), insight.Record(&story.Raised[i], &story.Findings[i], writer.last)); err != nil {
			t.Fatal(err)
		}
	}
	server := newAskedServer(t, writer.store, flows, book)
	return &askedGraph{server, newAskedDesk(t, server), facts, story}
}

// store1 prices a minute, writes it into both stores, and tells the truth of it.
func (w *graphWriter) store1(t *testing.T, flows *flowstore.Store, book *pricing.Book, facts *truth, minute model.Minute, edges []model.PricedEdge) {
	t.Helper()
	plain := make([]model.EdgeMinute, len(edges))
	for i := range edges {
		plain[i] = edges[i].EdgeMinute
	}
	statement, _, err := pricing.Price(book, pricing.List, plain, nil)
	if err != nil {
		t.Fatal(err)
	}
	costs := map[model.EdgeID]money.Amount{}
	for i := range statement.Lines {
		line := &statement.Lines[i]
		if costs[line.Edge], err = costs[line.Edge].Add(line.Amount); err != nil {
			t.Fatal(err)
		}
	}
	for i := range edges {
		edges[i].Cost = costs[edges[i].Key.ID()]
	}
	number := w.last.Number + 1
	v := model.GraphVersion{
		Number: number, Kind: model.VersionFold, From: minute, To: minute + 1, Currency: "USD", Previous: w.last.Digest, PriceBook: statement.Book,
		PricingMode: "list", Digest: model.Digest(fmt.Sprintf("digest-%d", number)), CommittedAt: (minute + 1).Start(),
		InputDigest: fold.InputDigest(minute, new(attribution.Coverage), nil), // no agent reported it
	}
	v.Totals.Edges = uint64(len(edges))
	for i := range edges {
		v.Totals.Sent = v.Totals.Sent.Add(edges[i].Sent)
		v.Totals.Cost, _ = v.Totals.Cost.Add(edges[i].Cost)
	}
	if err := flows.WriteVersion(t.Context(), v, edges, statement); err != nil {
		t.Fatal(err)
	}
	if err := w.store.Publish(t.Context(), graphstore.Publication{Version: v, Lease: w.lease, Edges: edges}); err != nil {
		t.Fatal(err)
	}
	w.last = v
	facts.add(minute, edges)
}

func newAskedServer(t *testing.T, store *graphstore.Store, flows *flowstore.Store, book *pricing.Book) *api.Server {
	t.Helper()
	explorer := query.New(query.Dependencies{
		Graphs: graphs{store}, Cypher: graphs{store}, Series: newSeries(flows), Layout: placement.Passing(),
		Sources: newPriceSources(func() []*pricing.Book { return []*pricing.Book{book} }),
		Clock:   clock.System{}, Insights: store, Decisions: flows, Nodes: store, Facts: flows,
	})
	bridge := &investigator{}
	server := api.New(api.Dependencies{Explorer: explorer, Committed: rollup.NewHub(), Investigator: bridge, Log: report.Discard().Log("api")})
	if err := bridge.connect(Config{Asking: AskingSettings{Off: true}}, server, report.Discard()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	return server
}

func newAskedDesk(t *testing.T, server *api.Server) *chat.Desk {
	t.Helper()
	operations, err := chat.LoadOperations(server.Schema())
	if err != nil {
		t.Fatal(err)
	}
	return chat.NewDesk(chat.NewToolbox(operations, server.Execute), nil)
}
