package bookcmd

import (
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
)

const feeds = "../pricebooks/awsfeed/testdata"

// TestRefreshFromAFileAndAServer reads one feed from a file and one, packed,
// from a server on the loopback.
func TestRefreshFromAFileAndAServer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := os.ReadFile(filepath.Join(feeds, filepath.Base(r.URL.Path)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		zip := gzip.NewWriter(w)
		_, _ = zip.Write(text) // the client's reading is what is tested
		_ = zip.Close()
	}))
	t.Cleanup(server.Close)
	out := filepath.Join(t.TempDir(), "fresh.ndjson")
	options := Options{
		Book: "aws", Out: out, Client: server.Client(),
		Feeds: []string{filepath.Join(feeds, "AWSDataTransfer.json"), server.URL + "/AmazonEC2.json"},
	}
	changes, err := Refresh(t.Context(), options)
	if err != nil || len(changes) != 4 {
		t.Fatalf("%d changes, %v", len(changes), err)
	}
	fresh, err := pricebooks.Load(out)
	if err != nil {
		t.Fatal(err)
	}
	if fresh.Version != "2026-12-02" {
		t.Errorf("version is %s", fresh.Version)
	}
	options.Book = out
	if again, err := Refresh(t.Context(), options); err != nil || len(again) != 0 {
		t.Errorf("a second time there are %d changes, %v", len(again), err)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{server.URL + "/nothing.json", filepath.Join(feeds, "nothing.json"), "http://127.0.0.1:1/x"} {
		options.Feeds = []string{filepath.Join(feeds, "AWSDataTransfer.json"), bad}
		if _, err := Refresh(t.Context(), options); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("feed %s gives %v", bad, err)
		}
	}
	if after, err := os.ReadFile(out); err != nil || string(after) != string(written) {
		t.Errorf("a feed that failed changed the book, %v", err)
	}
}
