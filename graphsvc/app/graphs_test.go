package app

import (
	"errors"
	"fmt"
	"testing"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/query"
)

func TestHistoryThatIsGoneIsToldAsExpired(t *testing.T) {
	cause := fmt.Errorf("reading: %w", graphstore.ErrPruned)
	var told *query.Error
	if err := gone(cause); !errors.As(err, &told) || told.Code != query.CodeVersionExpired || !errors.Is(err, graphstore.ErrPruned) {
		t.Errorf("%v is told as %v", cause, err)
	}
}
