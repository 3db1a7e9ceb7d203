package embedded_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/ch-go/compress"

	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/clickhouse/embedded"
)

// answer is what plain HTTP gave.
type answer struct {
	status int
	code   string
	body   string
}

func send(t *testing.T, method, target, body string, headers ...string) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-ClickHouse-Key", clickhousetest.Key)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header.Get("X-ClickHouse-Exception-Code"), string(text)}
}

func TestPlainHTTP(t *testing.T) {
	base := clickhousetest.Start(t) + "/"
	at := func(pairs ...string) string {
		values := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			values.Set(pairs[i], pairs[i+1])
		}
		return base + "?" + values.Encode()
	}
	for _, c := range []struct {
		name, method, target, body string
		want                       answer
	}{
		{"ping", "GET", base + "ping", "", answer{200, "", "Ok.\n"}},
		{"query in the URL", "GET", at("query", "SELECT 1"), "", answer{200, "", "1\n"}},
		{"format in the query", "GET", at("query", "SELECT 1 AS x FORMAT JSONEachRow"), "", answer{200, "", "{\"x\":1}\n"}},
		{"format beside the query", "GET", at("query", "SELECT 1 AS x", "default_format", "CSVWithNames"), "", answer{200, "", "\"x\"\n1\n"}},
		{"query in the body", "POST", base, "SELECT 2", answer{200, "", "2\n"}},
		{"query in both", "POST", at("query", "SELECT"), "3", answer{200, "", "3\n"}},
		{"parameter", "GET", at("query", "SELECT {x:UInt8} + 1", "param_x", "3"), "", answer{200, "", "4\n"}},
		{"setting", "GET", at("query", "SELECT getSetting('max_threads')", "max_threads", "1"), "", answer{200, "", "1\n"}},
		{"table", "POST", base, "CREATE TABLE IF NOT EXISTS plain (n UInt64) ENGINE = Memory", answer{200, "", ""}},
		{"rows in the body", "POST", at("query", "INSERT INTO plain (n) FORMAT CSV"), "1\n2\n", answer{200, "", ""}},
		{"values in the body", "POST", at("query", "INSERT INTO plain VALUES"), "(3)", answer{200, "", ""}},
		{"all arrived", "GET", at("query", "SELECT sum(n) FROM plain"), "", answer{200, "", "6\n"}},
		{"current database is not carried over", "POST", base, "USE system", answer{200, "", ""}},
		{"nor seen by the next", "GET", at("query", "SELECT currentDatabase()"), "", answer{200, "", "default\n"}},
		{"table of another database", "GET", at("query", "SELECT count() > 0 FROM tables", "database", "system"), "", answer{200, "", "1\n"}},
		{"drop", "POST", base, "DROP TABLE plain", answer{200, "", ""}},
	} {
		if got := send(t, c.method, c.target, c.body); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	base := clickhousetest.Start(t) + "/"
	for _, c := range []struct {
		name, method, target, body, code string
		status                           int
		headers                          []string
	}{
		{name: "nothing asked", method: "GET", target: base, status: 400, code: "62"},
		{name: "GET cannot write", method: "GET", target: base + "?query=CREATE+DATABASE+d", status: 500, code: "164"},
		{name: "GET cannot insert into a file", method: "GET", target: base + "?query=INSERT+INTO+FUNCTION+file('/tmp/never.csv','CSV','x+String')+SELECT+'a'", status: 500, code: "164"},
		{name: "GET cannot post to a URL", method: "GET", target: base + "?query=INSERT+INTO+FUNCTION+url('http://127.0.0.1:1/','CSV','x+String')+SELECT+'a'", status: 500, code: "164"},
		{name: "GET cannot read a file", method: "GET", target: base + "?query=SELECT+*+FROM+file('/etc/passwd','LineAsString')", status: 500, code: "164"},
		{name: "GET cannot write an outfile", method: "GET", target: base + "?query=SELECT+1+INTO/**/OUTFILE+'/tmp/never.txt'", status: 501, code: "48"},
		{name: "nor does POST", method: "POST", target: base, body: "SELECT 1 INTO OUTFILE '/tmp/never.txt'", status: 501, code: "48"},
		{name: "POST cannot read a file of the client", method: "POST", target: base, body: "INSERT INTO FUNCTION null('x String') FROM INFILE '/etc/passwd' FORMAT LineAsString", status: 501, code: "48"},
		{name: "nor with rows", method: "POST", target: base + "?query=INSERT+INTO+FUNCTION+null('x+String')+FROM+INFILE+'/etc/passwd'+FORMAT+LineAsString", status: 501, code: "48"},
		{name: "GET cannot kill", method: "GET", target: base + "?query=KILL+QUERY+WHERE+0", status: 500, code: "164"},
		{name: "picture of a web page", method: "GET", target: base + "?query=SELECT+1", status: 403, headers: []string{"Sec-Fetch-Site", "cross-site"}},
		{name: "unknown table", method: "GET", target: base + "?query=SELECT+*+FROM+nowhere", status: 404, code: "60"},
		{name: "unknown database", method: "GET", target: base + "?query=SELECT+1&database=nowhere", status: 404, code: "81"},
		{name: "unknown setting", method: "GET", target: base + "?query=SELECT+1&no_such_setting=1", status: 400, code: "115"},
		{name: "setting that is no name", method: "GET", target: base + "?query=SELECT+1&x%3D1,max_threads=1", status: 400, code: "115"},
		{name: "session", method: "GET", target: base + "?query=SELECT+1&session_id=1", status: 400, code: "36"},
		{name: "gzip body", method: "POST", target: base, body: "x", status: 400, code: "36", headers: []string{"Content-Encoding", "gzip"}},
		{name: "web page", method: "POST", target: base, body: "SELECT 1", status: 403, headers: []string{"Origin", "https://example.org"}},
		{name: "rebound name", method: "POST", target: base, body: "SELECT 1", status: 403, headers: []string{"Host", "example.org"}},
		{name: "other path", method: "GET", target: base + "play", status: 404},
		{name: "broken rows", method: "POST", target: base + "?query=INSERT+INTO+FUNCTION+null('n+UInt8')+FORMAT+CSV", body: "x\n", status: 500, code: "117"},
	} {
		got := send(t, c.method, c.target, c.body, c.headers...)
		if got.status != c.status || got.code != c.code {
			t.Errorf("%s: status %d code %q (%s), want %d %q", c.name, got.status, got.code, got.body, c.status, c.code)
		}
	}
}

func TestServeRefusesWhatItCannotDo(t *testing.T) {
	library, err := embedded.FindLibrary("")
	if err != nil {
		t.Skip(err) // the errors below come after the library is found
	}
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	for _, c := range []struct {
		config embedded.Config
		want   string
	}{
		{embedded.Config{LibraryPath: "/nonexistent/libchdb.so"}, "no such file"},
		{embedded.Config{LibraryPath: library, Listen: "0.0.0.0:0"}, "loopback addresses only"},
		{embedded.Config{LibraryPath: library, Listen: "8123"}, "missing port"},
		{embedded.Config{LibraryPath: library, Listen: busy.Addr().String()}, "choose another port with --listen"},
	} {
		c.config.DataDir, c.config.Log = t.TempDir(), slog.New(slog.DiscardHandler)
		err := embedded.Serve(context.Background(), c.config)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v, want %q", c.config, err, c.want)
		}
	}
}

// A statement whose client has gone does not run on.
func TestAbandonedStatementIsKilled(t *testing.T) {
	base := clickhousetest.Start(t) + "/"
	ctx, cancel := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, base, strings.NewReader("SELECT sum(sleepEachRow(1)), 'abandoned' FROM numbers(600) SETTINGS max_block_size = 1"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-ClickHouse-Key", clickhousetest.Key)
	gone := make(chan error)
	go func() {
		_, err := http.DefaultClient.Do(request) //nolint:bodyclose // it never answers
		gone <- err
	}()
	running := func() string {
		return send(t, "POST", base, "SELECT count() FROM system.processes WHERE query LIKE '%abandoned%' AND query NOT LIKE '%processes%'").body
	}
	await := func(want string) {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); running() != want; {
			if time.Now().After(deadline) {
				t.Fatalf("%s statements run, want %s", running(), want)
			}
		}
	}
	await("1\n")
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	await("0\n")
}

func TestCompressedBlocks(t *testing.T) {
	base := clickhousetest.Start(t) + "/"
	for _, method := range []compress.Method{compress.LZ4, compress.ZSTD} {
		writer := compress.NewWriter(compress.LevelZero, method)
		if err := writer.Compress([]byte("SELECT number FROM numbers(200000)")); err != nil {
			t.Fatal(err)
		}
		packed := send(t, "POST", base+"?decompress=1&compress=1&network_compression_method="+method.String(), string(writer.Data))
		plain := send(t, "POST", base, "SELECT number FROM numbers(200000)")
		if packed.status != http.StatusOK {
			t.Fatal(packed.body)
		}
		got := make([]byte, len(plain.body))
		if _, err := io.ReadFull(compress.NewReader(strings.NewReader(packed.body)), got); err != nil {
			t.Fatal(err)
		}
		if string(got) != plain.body || len(packed.body) >= len(plain.body) {
			t.Errorf("%s: %d bytes, unpacked %d, want %d", method, len(packed.body), len(got), len(plain.body))
		}
	}
}
