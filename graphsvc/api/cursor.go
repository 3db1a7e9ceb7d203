package api

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

const (
	versionCursor       = "v%d"
	incidentCursor      = "i%d:%s"
	investigationCursor = "n%d:%s"
	// transferCursor pins the version and the window, so that paging on shows the
	// same list even while new versions are committed, and names the list by its
	// order, entity and filter.
	transferCursor = "t%d:%d:%d:%d:%d:%d"
)

// transferList is which transfers are listed and how.
type transferList struct {
	order  query.Order
	entity string
	// filter is in its canonical form.
	filter string
}

// cursor stands behind the first shown transfers of the list over a window.
func (l transferList) cursor(window query.Window, shown int) string {
	return encodeCursor(transferCursor, window.Version, int64(window.From), int64(window.To), l.order, l.hash(), shown)
}

// continueAt reads a cursor of this list.
func (l transferList) continueAt(cursor string) (ask query.Ask, shown int, err error) {
	var version uint64
	var from, to model.Minute
	var order query.Order
	var hash uint64
	if err := decodeCursor(cursor, transferCursor, &version, &from, &to, &order, &hash, &shown); err != nil {
		return query.Ask{}, 0, err
	}
	if version == 0 || shown < 1 {
		return query.Ask{}, 0, unreadableCursor()
	}
	if order != l.order || hash != l.hash() {
		return query.Ask{}, 0, badInput("page on with the orderBy, entity and filter that the cursor is from", "the cursor is of another list")
	}
	return query.Ask{From: from.Start(), To: to.Start(), AsOfVersion: version, Filter: l.filter}, shown, nil
}

// hash tells lists of one order apart.
func (l transferList) hash() uint64 {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(l.entity + "\x00" + l.filter)) // never fails, by its documentation
	return hash.Sum64()
}

func encodeCursor(format string, values ...any) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, format, values...))
}

func decodeCursor(cursor, format string, into ...any) error {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return unreadableCursor()
	}
	var rest string
	if n, _ := fmt.Sscanf(string(text)+" .", format+" %s", append(into, &rest)...); n != len(into)+1 || rest != "." {
		return unreadableCursor()
	}
	return nil
}

func unreadableCursor() error {
	return badInput("use a cursor that this field gave", "the cursor is not readable")
}
