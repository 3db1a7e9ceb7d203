package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
)

// weekAsked and weekPinned are how many pairs of a version and a question are asked
// after the first day and again later, and how many of them are pinned.
const (
	weekAsked  = 400
	weekPinned = 240
)

// pair is a question as of a version and its answer.
type pair struct {
	Document  string
	Variables map[string]any
	Version   uint64
	// Windows are the minutes that it is about.
	Windows [][2]model.Minute
	Pinned  bool
	Bytes   int
	SHA256  string
}

const (
	versionFields = `version { number kind digest committedAt }`
	sumFields     = `{ transfers bytes cost { amount currency } }`
	diffFields    = `{ rows before ` + sumFields + ` after ` + sumFields + ` bytesChange costChange { amount } }`
)

// askedDocuments ask what answers there are as of a version: the graph, a diff, a
// node's neighbourhood, ways, groups and a list of transfers.
var askedDocuments = map[string]string{
	"graph": `query($w: Window) { graph(window: $w, limit: 2000) { ` + versionFields + ` window { from to }
		total ` + sumFields + ` rest ` + sumFields + ` transfers { id source destination path bytes cost { amount } } } }`,
	"diff": `query($before: Window!, $after: Window!) { diff(before: $before, after: $after, groupBy: PAIR, limit: 1000) {
		before { ` + versionFields + ` window { from to } } after { ` + versionFields + ` window { from to } } sameLength
		total ` + diffFields + ` appeared ` + diffFields + ` disappeared ` + diffFields + ` changed ` + diffFields + ` unchanged ` + diffFields + `
		rows { change group before ` + sumFields + ` after ` + sumFields + ` bytesChange costChange { amount } } rest ` + diffFields + ` } }`,
	"neighbourhood": `query($w: Window, $of: ID!) { neighbourhood(of: $of, hops: 2, limit: 500, window: $w) { ` + versionFields + ` window { from to }
		nodes { node { id } hops through { id } bytes cost { amount } } left leftCost { amount } } }`,
	"paths": `query($w: Window, $of: ID!, $to: ID!) { paths(from: $of, to: $to, maxHops: 3, limit: 20, window: $w) { ` + versionFields + ` window { from to }
		paths { bytes hops { from { id } to { id } bytes crossZoneBytes cost { amount } transfers transferIds } } whole } }`,
	"groups": `query($w: Window) { groups(window: $w, groupBy: NAMESPACE_PAIR, first: 1000) { ` + versionFields + ` window { from to }
		groups { group sum ` + sumFields + ` } groupCount total ` + sumFields + ` rest ` + sumFields + ` } }`,
	"transfers": `query($w: Window, $of: ID!) { transfers(window: $w, entity: $of, first: 200) { ` + versionFields + `
		edges { cursor node { id source destination serverPort bytes cost { amount } } } } }`,
}

// answer posts a question and returns the answer, errors and all.
func (l *loaded) answer(document string, variables map[string]any) ([]byte, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return nil, err
	}
	response, err := http.Post(l.url, "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

// data are the bytes of an answer's data. What stands beside it is of the asking: how
// long it took, and the newest version.
func data(b *testing.B, text []byte) []byte {
	b.Helper()
	var answer struct{ Data json.RawMessage }
	if err := json.Unmarshal(text, &answer); err != nil {
		b.Fatal(err)
	}
	return answer.Data
}

// served is the API over the week's stores.
func (w *week) served(b *testing.B) *loaded {
	b.Helper()
	l := &loaded{Stores: w.Stores, cluster: w.load, hub: w.hub, week: w, mid: (w.next - 60).Start()}
	l.serve(b)
	return l
}

// drawn draws a question of what the graph keeps by the minute.
func (w *week) drawn(random *rand.Rand, ids []string, first, head uint64) pair {
	kept := model.Minute(weekRules().KeepMinutes.Minutes()) - 120
	draw := func() [2]model.Minute {
		from := w.next - kept + model.Minute(random.Int64N(int64(kept)-60))
		switch length := 1 + model.Minute(random.Int64N(60)); random.IntN(3) {
		case 0: // an hour of the clock, which is compacted by now or later
			from -= from % 60
			return [2]model.Minute{from, from + 60}
		case 1: // a minute that is folded
			from -= from % w.stride
			return [2]model.Minute{from, from + 1}
		default:
			return [2]model.Minute{from, from + length}
		}
	}
	kinds := []string{"graph", "diff", "diff", "neighbourhood", "paths", "groups", "transfers"}
	q := pair{Document: kinds[random.IntN(len(kinds))], Version: first + random.Uint64N(head-first+1), Windows: [][2]model.Minute{draw()}}
	window := func(of [2]model.Minute) map[string]any {
		return map[string]any{"from": of[0].Start(), "to": of[1].Start(), "asOf": map[string]any{"version": q.Version}}
	}
	id := func() string { return ids[random.IntN(len(ids))] }
	switch q.Variables = map[string]any{"w": window(q.Windows[0])}; q.Document {
	case "diff":
		q.Windows = append(q.Windows, draw())
		q.Variables = map[string]any{"before": window(q.Windows[0]), "after": window(q.Windows[1])}
	case "paths":
		q.Variables["of"], q.Variables["to"] = id(), id()
	case "neighbourhood", "transfers":
		q.Variables["of"] = id()
	}
	return q
}

// askEarly asks the questions, pins most and keeps the answers beside the stores.
func (w *week) askEarly(b *testing.B) {
	b.Helper()
	l := w.served(b)
	random := rand.New(rand.NewPCG(weekSeed, 7))
	head, err := w.headNumber(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	kept := make([]pair, 0, weekAsked)
	for len(kept) < weekAsked {
		q := w.drawn(random, l.ids, head-head/3, head)
		text, err := l.answer(askedDocuments[q.Document], q.Variables)
		if err != nil {
			b.Fatal(err)
		}
		if bytes.Contains(text, []byte(`"errors"`)) {
			if bytes.Contains(text, []byte("UNKNOWN_ID")) { // a node that the window lacks
				continue
			}
			b.Fatalf("%s as of version %d: %.500s", q.Document, q.Version, text)
		}
		q.Bytes, q.SHA256, q.Pinned = len(data(b, text)), fmt.Sprintf("%x", sha256.Sum256(data(b, text))), len(kept) < weekPinned
		for i, of := range q.Windows {
			if !q.Pinned {
				break
			}
			pin := graphstore.Pin{Version: q.Version, From: of[0], To: of[1], By: fmt.Sprintf("question %d, window %d", len(kept), i)}
			if err := w.Graph.Pin(b.Context(), pin); err != nil {
				b.Fatal(err)
			}
		}
		kept = append(kept, q)
	}
	text, err := json.Marshal(kept)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(w.askedFile(), text, 0o600); err != nil {
		b.Fatal(err)
	}
}

func (w *week) askedFile() string { return filepath.Join(w.dir, "asked.json") }

// isAsked is whether the early questions were asked, by this run or an earlier one.
func (w *week) isAsked() bool {
	_, err := os.Stat(w.askedFile())
	return err == nil
}

// askAgain asks them once more, and says how many answers are the same to the byte,
// how many are refused because retention took what they are about, and how many differ,
// which is a failure.
func (w *week) askAgain(b *testing.B, l *loaded) {
	b.Helper()
	text, err := os.ReadFile(w.askedFile())
	if err != nil {
		b.Fatalf("the questions are asked after the first day: %v", err)
	}
	var kept []pair
	if err := json.Unmarshal(text, &kept); err != nil {
		b.Fatal(err)
	}
	counts := map[string]int{}
	for i, q := range kept {
		text, err := l.answer(askedDocuments[q.Document], q.Variables)
		if err != nil {
			b.Fatal(err)
		}
		outcome := "differ"
		switch {
		case fmt.Sprintf("%x", sha256.Sum256(data(b, text))) == q.SHA256:
			outcome = "equal"
		case bytes.Contains(text, []byte("VERSION_EXPIRED")) && !q.Pinned:
			outcome = "expired"
		default:
			b.Errorf("question %d (%s, pinned %v) as of version %d had %d bytes, now %d: %.300s", i, q.Document, q.Pinned, q.Version, q.Bytes, len(text), text)
		}
		counts[outcome]++
		counts[q.Document+" "+outcome]++
	}
	b.Logf("%d pairs: %v", len(kept), counts)
	for _, outcome := range []string{"equal", "expired", "differ"} {
		b.ReportMetric(float64(counts[outcome]), outcome)
	}
}
