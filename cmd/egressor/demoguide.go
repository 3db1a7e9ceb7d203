package main

import (
	"context"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/model"
)

// guide tells the person at the terminal what to look at, and lets the story
// happen.
type guide struct {
	demo     *demo
	service  *app.App
	versions <-chan model.GraphVersion
	cancel   context.CancelFunc
	done     chan struct{}
}

func newGuide(d *demo, service *app.App, versions <-chan model.GraphVersion) *guide {
	return &guide{demo: d, service: service, versions: versions, done: make(chan struct{})}
}

// Start prints where to look and goes on in the background.
func (g *guide) Start(ctx context.Context) error {
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	g.cancel = cancel
	url := g.service.URL()
	g.demo.say("open %s", url)
	g.demo.say("API %s/graphql, Bolt %s (user neo4j, password in %s/neo4j-password)", url, g.demo.service.Neo4jListen, g.demo.service.DataDir)
	g.demo.say("SQL: curl -H \"X-ClickHouse-Key: $(cat %s/clickhouse-key)\" 'http://%s/?database=egressor' -d 'SHOW TABLES'", g.demo.service.DataDir, g.demo.service.ClickHouseListen)
	g.demo.say("the first version follows within seconds; Ctrl-C ends everything")
	go g.watch(run)
	go g.story(run)
	return nil
}

// Stop ends the guide.
func (g *guide) Stop(context.Context) error {
	g.cancel()
	<-g.done
	return nil
}

func (g *guide) watch(ctx context.Context) {
	first := true
	for {
		select {
		case <-ctx.Done():
			return
		case version, open := <-g.versions:
			if !open {
				return
			}
			g.demo.say("version %d: minute %s, %d transfers, %d bytes, %s USD at list prices",
				version.Number, version.From, version.Totals.Edges, version.Totals.Sent.WireBytes, shortAmount(version))
			if first {
				first = false
				g.demo.say("look at %s/map: width is cost, colour is the way the bytes take", g.service.URL())
			}
		}
	}
}

func (g *guide) story(ctx context.Context) {
	defer close(g.done)
	if err := g.demo.rollout(ctx); err != nil {
		if ctx.Err() == nil {
			g.demo.say("the rollout of the story failed: %v", err)
		}
		return
	}
	g.demo.say("shop/catalog rolled out revision 2: watch its transfers grow across zones, and ask why at %s/map", g.service.URL())
}

func shortAmount(version model.GraphVersion) string {
	const digits = 6
	text, err := version.Totals.Cost.Format(digits)
	if err != nil {
		return version.Totals.Cost.Decimal()
	}
	return text
}
