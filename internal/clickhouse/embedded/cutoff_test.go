package embedded_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/ClickHouse/ch-go/compress"

	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

// An insert whose body breaks off stores nothing of its last, unfinished block,
// and is not answered with success.
func TestCutOffInsertIsNotASuccess(t *testing.T) {
	base := clickhousetest.Start(t) + "/"
	if got := send(t, "POST", base, "CREATE TABLE cutoff (n UInt64) ENGINE = MergeTree ORDER BY n"); got.status != http.StatusOK {
		t.Fatal(got.body)
	}
	defer send(t, "POST", base, "DROP TABLE cutoff SYNC")
	writer := compress.NewWriter(compress.LevelZero, compress.LZ4)
	if err := writer.Compress([]byte("1\n2\n3\n")); err != nil {
		t.Fatal(err)
	}
	const header = 25 // checksum, method and two sizes
	for _, c := range []struct{ name, query, sent string }{
		{"plain", "", "1\n2\n"},
		{"in a compressed block", "&decompress=1", string(writer.Data[:header+3])},
		{"behind a compressed block's header", "&decompress=1", string(writer.Data[:header])},
	} {
		status := cutOff(t, base, "?query=INSERT+INTO+cutoff+FORMAT+CSV"+c.query, c.sent)
		if status == http.StatusOK {
			t.Errorf("%s: cut off, yet answered with success", c.name)
		}
		if got := send(t, "POST", base, "SELECT count() FROM cutoff"); got.body != "0\n" {
			t.Errorf("%s: %s rows were stored", c.name, strings.TrimSpace(got.body))
		}
	}
}

// cutOff announces 100 bytes more than it sends, and returns the answer's status.
func cutOff(t *testing.T, base, target, sent string) int {
	t.Helper()
	host := strings.TrimSuffix(strings.TrimPrefix(base, "http://"), "/")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "POST /%s HTTP/1.1\r\nHost: %s\r\nX-ClickHouse-Key: %s\r\nContent-Length: %d\r\n\r\n%s", target, host, clickhousetest.Key, len(sent)+100, sent)
	if err := errors.Join(err, conn.(*net.TCPConn).CloseWrite()); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(response.Body.Close(), conn.Close()); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode
}
