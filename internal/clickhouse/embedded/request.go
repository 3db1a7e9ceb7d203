package embedded

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/ClickHouse/ch-go/compress"
)

// maxStatementBytes bounds a statement that is not a streamed insert.
const maxStatementBytes = 64 << 20

// request is one HTTP request, understood.
type request struct {
	statement string
	// format is the output's where the statement names none, or the rows' of an
	// insert.
	format   string
	database string
	params   []param
	settings []setting
	// rows is the body of an insert, nil for every other statement.
	rows io.Reader
	// compress is the method of the answer's blocks, compress.None for plain.
	compress compress.Method
	// revision of the client's protocol, 0 where it did not say.
	revision uint64
}

// controls are the URL parameters that are neither settings nor statement
// parameters. Those that ask for nothing we lack are ignored.
var controls = []string{
	"query", "database", "default_format", "compress", "decompress", "client_protocol_version",
	"user", "password", "query_id", "quota_key", "network_compression_method", "network_zstd_compression_level",
	"wait_end_of_query", "buffer_size", "enable_http_compression", "send_progress_in_http_headers",
}

var (
	settingName = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)
	// An insert whose rows follow in the body says so by ending in its format.
	insertRows = regexp.MustCompile(`(?is)^(\s*insert\s+into\s.*?)\s+format\s+(\w+)\s*;?\s*$`)
)

// parse reads everything of an HTTP request but an insert's rows.
func parse(r *http.Request) (request, error) {
	values := r.URL.Query()
	req := request{
		database: first(values.Get("database"), r.Header.Get("X-ClickHouse-Database"), "default"),
		format:   first(values.Get("default_format"), r.Header.Get("X-ClickHouse-Format"), "TabSeparated"),
		compress: compress.None,
	}
	if _, err := fmt.Sscan(first(values.Get("client_protocol_version"), "0"), &req.revision); err != nil {
		return req, raise(codeBadArguments, "client_protocol_version is not a number. (BAD_ARGUMENTS)")
	}
	if values.Get("compress") == "1" {
		req.compress = compress.LZ4
		if strings.EqualFold(values.Get("network_compression_method"), "ZSTD") {
			req.compress = compress.ZSTD
		}
	}
	if err := req.readValues(values); err != nil {
		return req, err
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		// A link cannot change anything. ClickHouse takes 2 here; but the engine in a
		// library has no directory that its file() and url() are confined to, and 2
		// lets an insert into them through: 1 knows no such functions. It comes last,
		// since nothing can be set after it.
		req.settings = append(req.settings, setting{"readonly", "1"})
	}
	if err := req.readStatement(values, r); err != nil {
		return req, err
	}
	if clientFile.MatchString(req.statement) {
		return req, raise(codeNotImplemented, "INTO OUTFILE and FROM INFILE name files of the client, which the server has not: read the answer, or send the rows in the body. Does a text hold the word? Send it as a parameter. (NOT_IMPLEMENTED)")
	}
	if r.Method != http.MethodPost && escapesReadonly.MatchString(req.statement) {
		return req, raise(codeReadonly, "GET cannot kill a statement: use POST. (READONLY)")
	}
	return req, nil
}

// clientFile matches what a ClickHouse client does by itself and a server
// refuses. The engine in a library is both, and would do it to any file, even
// where readonly is 1. A false alarm costs a parameter.
var clientFile = regexp.MustCompile(`(?i)\b(outfile|infile)\b`)

// escapesReadonly matches what the engine does even where readonly is 1: KILL
// QUERY ends other people's statements. A false alarm costs a POST.
var escapesReadonly = regexp.MustCompile(`(?i)\bkill\b`)

func (req *request) readValues(values url.Values) error {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := values.Get(name)
		bare, isParam := strings.CutPrefix(name, "param_")
		switch {
		case isParam:
			req.params = append(req.params, param{bare, value})
		case slices.Contains(controls, name):
		case strings.HasPrefix(name, "session_"), strings.HasSuffix(name, "_structure"):
			return raise(codeBadArguments, fmt.Sprintf("URL parameter %s: the embedded clickhouse has no sessions and no external tables. (BAD_ARGUMENTS)", name))
		case !settingName.MatchString(name):
			return raise(codeUnknownSetting, fmt.Sprintf("Setting %q is not a name. (UNKNOWN_SETTING)", name))
		default:
			req.settings = append(req.settings, setting{name, value})
		}
	}
	return nil
}

func (req *request) readStatement(values url.Values, r *http.Request) error {
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return raise(codeBadArguments, fmt.Sprintf("Content-Encoding %s: the embedded clickhouse reads bodies as they are, or in compressed blocks with decompress=1. (BAD_ARGUMENTS)", encoding))
	}
	var body io.Reader = r.Body
	if values.Get("decompress") == "1" {
		body = blocks{compress.NewReader(r.Body)}
	}
	query := values.Get("query")
	if match := insertRows.FindStringSubmatch(query); match != nil && r.Method == http.MethodPost {
		req.statement, req.format, req.rows = match[1], match[2], body
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(body, maxStatementBytes+1))
	if err != nil {
		return fmt.Errorf("reading the statement: %w", err)
	}
	if len(text) > maxStatementBytes {
		return raise(codeQueryTooLarge, fmt.Sprintf("Statement is over %d MiB: send the rows of an insert in the body and the statement, ending in FORMAT, in the URL. (TOO_MANY_BYTES)", maxStatementBytes>>20))
	}
	if query != "" && len(text) > 0 {
		query += "\n"
	}
	req.statement = query + string(text)
	if len(bytes.TrimSpace([]byte(req.statement))) == 0 {
		return raise(codeSyntaxError, "Empty query: give it as the URL parameter query or as the body. (SYNTAX_ERROR)")
	}
	return nil
}

// blocks reads compressed blocks to their end, which compress.Reader reports as
// io.EOF wrapped: at a block's start it is the end, behind a block's header it
// means that the block was cut off.
type blocks struct{ reader *compress.Reader }

func (b blocks) Read(data []byte) (int, error) {
	n, err := b.reader.Read(data)
	switch {
	case !errors.Is(err, io.EOF):
		return n, err
	case strings.Contains(err.Error(), "read raw"):
		return n, io.ErrUnexpectedEOF
	default:
		return n, io.EOF
	}
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
