package api_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// interrupted fails as a store does that something happens to in mid-question.
type interrupted struct {
	*doubles.Graphs
	happens func()
	err     error
}

func (i interrupted) Head(context.Context) (model.GraphVersion, bool, error) {
	i.happens()
	return model.GraphVersion{}, false, i.err
}

// TestCancelledQuestionIsNoFault: an asker that goes away is not an error of a
// store's. A cancellation that is not the asker's is.
func TestCancelledQuestionIsNoFault(t *testing.T) {
	cut := fmt.Errorf("reading the graph: %w", context.Canceled)
	for _, row := range []struct {
		name   string
		leaves bool
		err    error
		want   string
	}{
		{"the asker goes", true, cut, "the question was cancelled"},
		{"the asker goes and the driver does not say so", true, errors.New("connection closed"), "the question was cancelled"},
		{"cancelled by another", false, cut, "the graph store did not answer"},
	} {
		ctx, leave := context.WithCancel(t.Context())
		store := interrupted{err: row.err, happens: func() {
			if row.leaves {
				leave()
			}
		}}
		var log bytes.Buffer
		server := api.New(api.Dependencies{
			Explorer: query.New(query.Dependencies{Graphs: store}), Log: slog.New(slog.NewTextHandler(&log, nil)),
		})
		_, err := server.Execute(ctx, `{ graph { total { bytes } } }`, nil)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: error %v, want %q", row.name, err, row.want)
		}
		if logged := log.Len() > 0; logged == row.leaves {
			t.Errorf("%s: the log says %q", row.name, log.String())
		}
		leave()
	}
}

// A question that comes when its asker has already gone is not looked at.
func TestQuestionOfNobody(t *testing.T) {
	gone, leave := context.WithCancel(t.Context())
	leave()
	_, err := newService().Execute(gone, `{ graph { total { bytes } } }`, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the cancellation", err)
	}
}
