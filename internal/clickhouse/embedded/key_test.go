package embedded_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/clickhouse/embedded"
)

// basic is the header of HTTP basic authentication.
func basic(user, password string) string {
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(user, password)
	return r.Header.Get("Authorization")
}

func TestKey(t *testing.T) {
	base := clickhousetest.Start(t) + "/"
	key, none := clickhousetest.Key, []string{"X-ClickHouse-Key", ""}
	for _, c := range []struct {
		name, target string
		headers      []string
		status       int
		says         string
	}{
		{"header", "?query=SELECT+1", nil, 200, "1\n"},
		{"basic", "?query=SELECT+1", append(none, "Authorization", basic("default", key)), 200, "1\n"},
		{"basic of any user", "?query=SELECT+1", append(none, "Authorization", basic("ann", key)), 200, "1\n"},
		{"ping needs none", "ping", none, 200, "Ok.\n"},
		{"none", "?query=SELECT+1", none, 401, "The key is missing"},
		{"none, other path", "play", none, 401, "The key is missing"},
		{"none, path like ping", "ping/", none, 401, "The key is missing"},
		{"wrong header", "?query=SELECT+1", []string{"X-ClickHouse-Key", key + "x"}, 401, "The key is wrong"},
		{"wrong header, right basic", "?query=SELECT+1", []string{"X-ClickHouse-Key", "x", "Authorization", basic("default", key)}, 401, "The key is wrong"},
		{"wrong basic", "?query=SELECT+1", append(none, "Authorization", basic("default", key[1:])), 401, "The key is wrong"},
		{"key as user", "?query=SELECT+1", append(none, "Authorization", basic(key, "")), 401, "The key is missing"},
		{"in the URL", "?query=SELECT+1&password=" + url.QueryEscape(key), none, 401, "does not belong into the URL"},
		{"in the URL and the header", "?query=SELECT+1&password=" + url.QueryEscape(key), nil, 401, "does not belong into the URL"},
	} {
		got := send(t, http.MethodGet, base+c.target, "", c.headers...)
		code := ""
		if c.status == http.StatusUnauthorized {
			code = "516"
		}
		if got.status != c.status || got.code != code || !strings.Contains(got.body, c.says) || strings.Contains(got.body, key) {
			t.Errorf("%s: %+v, want %d %q", c.name, got, c.status, c.says)
		}
	}
	if got := send(t, http.MethodPost, base, "INSERT INTO FUNCTION file('/tmp/never.csv','CSV','x String') SELECT 'a'", none...); got.status != http.StatusUnauthorized {
		t.Errorf("an insert into a file without the key: %+v", got)
	}
}

func TestServeWantsAKey(t *testing.T) {
	library, err := embedded.FindLibrary("")
	if err != nil {
		t.Skip(err)
	}
	err = embedded.Serve(context.Background(), embedded.Config{
		LibraryPath: library, DataDir: t.TempDir(), Listen: "127.0.0.1:0", Log: slog.New(slog.DiscardHandler),
	})
	if err == nil || !strings.Contains(err.Error(), "without a key") {
		t.Errorf("error %v, want one that says that there is no key", err)
	}
}
