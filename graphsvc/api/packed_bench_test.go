package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// nestedMap is what the user interface asks for its map; columnsMap is the same
// as columns.
const (
	nestedMap = `{ graph(limit: 20000) { window { from to }
		nodes { id kind name namespace type cluster regions zones x y bytesOut bytesIn cost { amount currency nano } }
		transfers { id source destination sourceRevision destinationRevision sourceZone destinationZone serverPort protocol initiator path via pathAssumed bytes
			cost { amount currency nano } } total { transfers bytes } rest { transfers } } }`
	columnsMap = `{ packedGraph(limit: 20000) { window { from to } currency
		nodes { rows columns { name type data texts } } transfers { rows columns { name type data texts } } total { transfers bytes } rest { transfers } } }`
	mapTransfers = 20_000
)

// largeMap is a service over 20,000 transfers between 2,000 workloads in three
// zones, each with a revision.
func largeMap() *service {
	s := newService()
	s.graphs.Kept = []model.GraphVersion{doubles.Version(4)}
	s.graphs.Edges = map[uint64][]query.Transfer{}
	const workloads = 2000
	for n := range mapTransfers {
		from, to := n%workloads, (n*7+n/workloads*131+1)%workloads
		t := doubles.Transfer(fmt.Sprintf("service-%04d", from), fmt.Sprintf("service-%04d", to), uint64(n)*7_919_117, int64(n)*1_300_007)
		t.Key.Source.Namespace, t.Key.Destination.Namespace = fmt.Sprintf("team-%02d", from%40), fmt.Sprintf("team-%02d", to%40)
		t.Key.SourceRevision, t.Key.DestinationRevision = fmt.Sprintf("rev-%04d", from), fmt.Sprintf("rev-%04d", to)
		t.Key.SourcePlace, t.Key.DestinationPlace = model.Place{Zone: fmt.Sprintf("use1-az%d", from%3)}, model.Place{Zone: fmt.Sprintf("use1-az%d", to%3)}
		t.Key.ServerPort = uint16(8000 + n%30)
		t.ID = t.Key.ID()
		s.graphs.Edges[4] = append(s.graphs.Edges[4], t)
	}
	return s
}

func (s *service) body(tb testing.TB, document string) int {
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		tb.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	response := httptest.NewRecorder()
	s.Queries().ServeHTTP(response, request)
	if response.Code != http.StatusOK || bytes.Contains(response.Body.Bytes()[:min(200, response.Body.Len())], []byte(`"errors"`)) {
		tb.Fatalf("%d %.500s", response.Code, response.Body)
	}
	return response.Body.Len()
}

// TestTheMapAsColumnsIsSmall: 20,000 transfers and their 2,000 ends.
func TestTheMapAsColumnsIsSmall(t *testing.T) {
	const most = 1_200_000 // bytes
	if size := largeMap().body(t, columnsMap); size > most {
		t.Errorf("the map as columns has %d bytes, more than %d", size, most)
	}
}

// cpuTime is what the process has used of the processors: the time that the server
// works, however many others do at the same time.
func cpuTime(tb testing.TB) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkMap asks for the map of a window that is read: for the first time in a
// version, and again.
func BenchmarkMap(b *testing.B) {
	s := largeMap()
	for name, document := range map[string]string{"nested": nestedMap, "columns": columnsMap} {
		for again, of := range map[string]func(n int) string{
			"first": func(n int) string { return fmt.Sprintf("%s # %d", document, n) }, // another question, for all that the server knows
			"again": func(int) string { return document },
		} {
			b.Run(name+"/"+again, func(b *testing.B) {
				b.ReportAllocs()
				size := s.body(b, document) // and the window is kept
				asked, before := 0, cpuTime(b)
				for b.Loop() {
					asked++
					s.body(b, of(asked))
				}
				b.ReportMetric(float64(size), "body-bytes")
				b.ReportMetric(float64((cpuTime(b)-before).Microseconds())/float64(b.N)/1000, "cpu-ms/op")
			})
		}
	}
}
