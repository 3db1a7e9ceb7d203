// Package ui serves the built web screens, which are embedded in the program.
package ui

import (
	"bytes"
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed all:dist
var dist embed.FS

// contentSecurityPolicy forbids every source but our own; the mock server of the
// browser tests sends the same file, so that a breach fails there first.
//
//go:embed csp.txt
var contentSecurityPolicy string

// GraphiQL's editor sets styles inline, brings fonts within its styles, and starts
// workers. Its page alone may.
//
//go:embed csp-graphiql.txt
var graphiqlSecurityPolicy string

const graphiqlPage = "graphiql.html"

const (
	// Files under assets/ carry a hash of their content in their name.
	cacheForEver = "public, max-age=31536000, immutable"
	cacheNever   = "no-cache"
	notBuilt     = "the UI was not built: run make build\n"
)

// Handler serves the embedded UI: files by their path, GraphiQL at /graphiql, and
// index.html for every other path without a file ending, because those are routes of the single page.
// Where nothing was built it answers 503 with what to do.
func Handler() http.Handler {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("ui: the embedded folder dist is missing: " + err.Error())
	}
	return handler(built)
}

func handler(built fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "the UI answers GET and HEAD only", http.StatusMethodNotAllowed)
			return
		}
		name := fileFor(r.URL.Path)
		setSecurity(w.Header(), name)
		content, err := fs.ReadFile(built, name)
		switch {
		case err == nil:
			w.Header().Set("Cache-Control", cacheFor(name))
			http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
		case name == "index.html", name == graphiqlPage:
			w.Header().Set("Cache-Control", cacheNever)
			http.Error(w, notBuilt, http.StatusServiceUnavailable)
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
			http.NotFound(w, r)
		default:
			http.Error(w, "the embedded file "+name+" cannot be read", http.StatusInternalServerError)
		}
	})
}

// fileFor names the embedded file that answers a URL path.
func fileFor(urlPath string) string {
	name := strings.TrimPrefix(path.Clean("/"+urlPath), "/")
	if name == "graphiql" {
		return graphiqlPage
	}
	if name == "" || path.Ext(name) == "" {
		return "index.html"
	}
	return name
}

func cacheFor(name string) string {
	if strings.HasPrefix(name, "assets/") {
		return cacheForEver
	}
	return cacheNever
}

func setSecurity(header http.Header, name string) {
	policy := contentSecurityPolicy
	if name == graphiqlPage {
		policy = graphiqlSecurityPolicy
	}
	header.Set("Content-Security-Policy", strings.TrimSpace(policy))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
}
