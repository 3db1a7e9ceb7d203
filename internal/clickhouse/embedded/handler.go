package embedded

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/ClickHouse/ch-go/compress"

	"github.com/egressor/egressor/internal/clickhouse/handover"
)

// handler answers ClickHouse's HTTP interface from a pool of sessions.
type handler struct {
	pool         *pool
	maxBodyBytes int64
	allowRemote  bool
	log          *slog.Logger
}

func newHandler(sessions *pool, config Config, key handover.Key) http.Handler {
	h := &handler{pool: sessions, maxBodyBytes: config.MaxBodyBytes, allowRemote: config.AllowRemote, log: config.Log}
	if h.maxBodyBytes == 0 {
		h.maxBodyBytes = 2 << 30
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ping", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "Ok.\n") })
	mux.Handle("GET /{$}", h)
	mux.Handle("POST /{$}", h)
	return h.guard(authentication{key}.require(mux))
}

// guard keeps web pages out: a page in a browser on this machine can send
// requests to loopback, with an Origin, as a picture or a frame of its own
// (without one, but marked by Sec-Fetch-Site), or under a name of its own that
// it had resolved to loopback.
func (h *handler) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if ofWebPage(r) || !h.allowRemote && !isLoopback(host) {
			http.Error(w, "the embedded clickhouse answers programs on this machine, not web pages", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ofWebPage reports whether a page made a browser send the request. "none" is
// an address that a person typed.
func ofWebPage(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return r.Header.Get("Origin") != "" || site != "" && site != "none"
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begin := time.Now()
	r.Body = http.MaxBytesReader(w, r.Body, h.maxBodyBytes)
	req, err := parse(r)
	if err == nil {
		defer h.pool.killWhenGone(r.Context(), &req)()
		err = h.pool.do(r.Context(), func(s *session) error { return h.run(w, s, req) })
	}
	if err != nil {
		h.fail(w, err)
	}
	h.log.Debug("clickhouse statement", "statement", abbreviate(req.statement), "took", time.Since(begin), "error", err)
}

// Statements after which a session is not as it was. A false alarm costs a new
// session, about a millisecond.
var changesSession = regexp.MustCompile(`(?i)\b(use|set|temporary)\b`)

func (h *handler) run(w http.ResponseWriter, s *session, req request) error {
	if changesSession.MatchString(req.statement) {
		defer func() { s.broken = true }()
	}
	return s.with(req.database, req.settings, func() error {
		switch {
		case req.rows != nil:
			return insert(w, s, req)
		case isHello(req):
			return answerHello(w, s, req)
		default:
			return s.query(req.statement, req.format, req.params, func(output []byte) error {
				return write(w, output, req)
			})
		}
	})
}

func insert(w http.ResponseWriter, s *session, req request) error {
	rows, err := s.insert(req.statement, req.format, req.rows)
	if err != nil {
		return err
	}
	w.Header().Set("X-ClickHouse-Summary", `{"written_rows":"`+strconv.FormatUint(rows, 10)+`"}`)
	w.Header().Set("Content-Length", "0")
	return nil
}

// write sends output. Failures to send are the client's, which has gone.
func write(w http.ResponseWriter, output []byte, req request) error {
	w.Header().Set("X-ClickHouse-Format", req.format)
	w.Header().Set("Content-Type", contentType(req.format))
	if req.compress == compress.None || len(output) == 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(output)))
		_, _ = w.Write(output)
		return nil
	}
	return writeCompressed(w, output, req.compress)
}

// compressedBlockBytes is the size that ClickHouse cuts its output into.
const compressedBlockBytes = 1 << 20

func writeCompressed(w io.Writer, output []byte, method compress.Method) error {
	writer := compress.NewWriter(compress.LevelZero, method)
	for len(output) > 0 {
		n := min(len(output), compressedBlockBytes)
		if err := writer.Compress(output[:n]); err != nil {
			return fmt.Errorf("compressing an answer: %w", err)
		}
		if _, err := w.Write(writer.Data); err != nil {
			return nil //nolint:nilerr // the client has gone
		}
		output = output[n:]
	}
	return nil
}

func contentType(format string) string {
	if format == "TabSeparated" || format == "TSV" {
		return "text/tab-separated-values; charset=UTF-8"
	}
	return "application/octet-stream"
}

// fail answers with what went wrong.
func (h *handler) fail(w http.ResponseWriter, err error) {
	var exception *Exception
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &exception):
	case errors.As(err, &tooLarge):
		exception = raise(codeQueryTooLarge, fmt.Sprintf("Body is over %d bytes: insert in smaller batches. (TOO_MANY_BYTES)", tooLarge.Limit))
	default:
		exception = raise(codeUnknownException, err.Error())
	}
	answerException(w, exception)
}

// answerException says it as ClickHouse does: the code in a header, the text as
// the body.
func answerException(w http.ResponseWriter, exception *Exception) {
	w.Header().Del("Content-Length")
	w.Header().Set("Content-Type", "text/plain; charset=UTF-8")
	w.Header().Set("X-ClickHouse-Exception-Code", strconv.Itoa(exception.Code))
	w.WriteHeader(exception.status())
	_, _ = io.WriteString(w, exception.Text+"\n")
}

func abbreviate(statement string) string {
	const limit = 200
	if len(statement) > limit {
		return statement[:limit] + "..."
	}
	return statement
}
