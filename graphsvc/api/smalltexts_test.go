package api_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// posted asks one handler, which is what keeps texts.
func posted(t *testing.T, handler http.Handler, body string) string {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, request)
	return response.Body.String()
}

// TestLongTextsAreNotKept: a long comment is answered and forgotten.
func TestLongTextsAreNotKept(t *testing.T) {
	handler := newService().Queries()
	comment := strings.Repeat("so it goes ", 80_000)
	before := heap()
	for n := range 60 {
		if got := posted(t, handler, `{"query":`+strconv.Quote("{ limits { depth } } # "+strconv.Itoa(n)+comment)+`}`); !strings.Contains(got, `"depth"`) {
			t.Fatalf("%.300s", got)
		}
	}
	if grown := int64(heap()) - int64(before); grown > 20<<20 {
		t.Errorf("60 texts of 880 kB each left %d MiB", grown>>20)
	}
	runtime.KeepAlive(handler)
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// TestShortTextsAreKept by their hash, long ones have to be sent each time.
func TestShortTextsAreKept(t *testing.T) {
	handler := newService().Queries()
	for text, code := range map[string]string{"{ limits { depth } }": "", "{ limits { depth } } #" + strings.Repeat("x", 40_000): "PERSISTED_QUERY_NOT_FOUND"} {
		sum := sha256.Sum256([]byte(text))
		hash := `{"persistedQuery":{"version":1,"sha256Hash":"` + hex.EncodeToString(sum[:]) + `"}}`
		if got := posted(t, handler, `{"query":`+strconv.Quote(text)+`,"extensions":`+hash+`}`); !strings.Contains(got, `"depth"`) {
			t.Errorf("%.40s: %s", text, got)
		}
		if got := codeIn(posted(t, handler, `{"extensions":`+hash+`}`)); got != code {
			t.Errorf("%.40s by its hash: %q, want %q", text, got, code)
		}
	}
}
