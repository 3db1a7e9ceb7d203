package embedded

import (
	"fmt"
	"net/http"
	"strings"

	chproto "github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/proto"
)

// The Native format has a revision: newer ones put more fields before each
// block and column. The engine writes revision 0 and cannot be told otherwise.
// clickhouse-go asks one question first, reads its answer at the newest
// revision it knows, and everything after it at the revision that the answer
// names. So that answer alone is encoded here, at the client's revision, and
// names ours, 0: all other output goes out as the engine wrote it, uncopied.

// helloStatement is clickhouse-go's first question, word for word.
const helloStatement = "SELECT displayName(), version(), revision(), timezone()"

// nativeRevision is what the engine writes.
const nativeRevision = uint32(0)

func isHello(req request) bool {
	return req.statement == helloStatement && req.format == "Native" && req.revision > 0
}

func answerHello(w http.ResponseWriter, s *session, req request) error {
	var fields []string
	err := s.query("SELECT displayName(), version(), timezone()", "TabSeparatedRaw", nil, func(output []byte) error {
		fields = strings.Split(strings.TrimSuffix(string(output), "\n"), "\t")
		return nil
	})
	if err != nil {
		return err
	}
	if len(fields) != 3 {
		return fmt.Errorf("the embedded clickhouse engine introduced itself with %d fields, want 3", len(fields))
	}
	encoded, err := encodeHello(fields[0], fields[1], fields[2], req.revision)
	if err != nil {
		return err
	}
	return write(w, encoded, req)
}

func encodeHello(name, version, timezone string, revision uint64) ([]byte, error) {
	block := proto.NewBlock()
	for _, col := range [][2]string{{"displayName()", "String"}, {"version()", "String"}, {"revision()", "UInt32"}, {"timezone()", "String"}} {
		if err := block.AddColumn(col[0], column.Type(col[1])); err != nil {
			return nil, fmt.Errorf("encoding the hello: %w", err)
		}
	}
	if err := block.Append(name, version, nativeRevision, timezone); err != nil {
		return nil, fmt.Errorf("encoding the hello: %w", err)
	}
	var buffer chproto.Buffer
	if err := block.Encode(&buffer, revision); err != nil {
		return nil, fmt.Errorf("encoding the hello: %w", err)
	}
	return buffer.Buf, nil
}
