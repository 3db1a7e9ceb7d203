package clickhouse_test

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/testkit"
)

func TestDefaultConfigIsValid(t *testing.T) {
	if _, err := clickhouse.New(slog.New(slog.DiscardHandler), clickhouse.DefaultConfig()); err != nil {
		t.Error(err)
	}
}

func TestWrongConfigIsRefused(t *testing.T) {
	for _, c := range []struct {
		config clickhouse.Config
		want   string
	}{
		{clickhouse.Config{}, "address is empty"},
		{clickhouse.Config{Address: "ftp://host"}, `unknown scheme "ftp"`},
		{clickhouse.Config{Address: "http://user:secret@host"}, "--clickhouse-password"},
		{clickhouse.Config{Address: "http://host/path"}, "has a path"},
		{clickhouse.Config{Address: "host", Protocol: "pigeon"}, `protocol "pigeon"`},
	} {
		_, err := clickhouse.New(slog.New(slog.DiscardHandler), c.config)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v, want %q", c.config, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestFailedConnectionSaysWhatIsWrong(t *testing.T) {
	closed, release, err := testkit.HoldAddress()
	check(t, err)
	defer release()
	website := httptest.NewServer(http.NotFoundHandler())
	defer website.Close()
	locked := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-ClickHouse-Exception-Code", "516")
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte("Code: 516. DB::Exception: ann: Authentication failed"))
	}))
	defer locked.Close()
	for _, c := range []struct{ name, address, want string }{
		{"nobody there", closed, "nothing listens there"},
		{"another service", website.URL, "not as ClickHouse does over the http protocol"},
		{"native to an HTTP port", greeter(t, "HTTP/1.0 400 Bad Request\r\n\r\nPort 9000 is for clickhouse-client program\r\n"), "not as ClickHouse does over the native protocol"},
		{"wrong password", locked.URL, `refused user "ann"`},
	} {
		db, err := clickhouse.New(slog.New(slog.DiscardHandler), clickhouse.Config{Address: c.address, User: "ann"})
		check(t, err)
		err = db.Start(t.Context())
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

// greeter answers whatever comes with text, as ClickHouse's HTTP port does.
func greeter(t *testing.T, text string) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Write([]byte(text))
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		check(t, listener.Close())
		<-done
	})
	return listener.Addr().String()
}
