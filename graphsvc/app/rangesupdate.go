package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/ranges"
	"github.com/egressor/egressor/graphsvc/ranges/published"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/textfile"
)

// UpdatedFeed is one feed that was read.
type UpdatedFeed struct {
	Source, Provider string
	// Date is the feed's own day, else the day it was read.
	Date    string
	Ranges  int
	Skipped []error
}

// RangesUpdate is what UpdateRanges did.
type RangesUpdate struct {
	File  string
	Feeds []UpdatedFeed
	// Conflicts are prefixes that two providers publish as theirs.
	Conflicts []ranges.Conflict
}

const (
	fetchTimeout = time.Minute
	maxFeedBytes = 64 << 20
)

// UpdateRanges reads providers' files or URLs and replaces their ranges in the
// file that the service prefers to the ranges of the build. It writes nothing
// unless all could be read.
func UpdateRanges(ctx context.Context, dataDir, provider string, sources []string) (RangesUpdate, error) {
	update := RangesUpdate{File: RangesFile(dataDir)}
	today := clock.System{}.Now().UTC().Format(time.DateOnly)
	var origins []ranges.Origin
	var found []ranges.Range
	for _, source := range sources {
		text, err := readSource(ctx, source)
		if err != nil {
			return update, err
		}
		feed, err := ranges.ParseFeed(provider, text)
		if err != nil {
			return update, fmt.Errorf("%s: %w", source, err)
		}
		date := cmp.Or(feed.Date, today)
		update.Feeds = append(update.Feeds, UpdatedFeed{source, feed.Provider, date, len(feed.Ranges), feed.Skipped})
		origins = append(origins, ranges.Origin{Provider: feed.Provider, Date: date, Source: source})
		found = append(found, feed.Ranges...)
	}
	table := ranges.Build(origins, found)
	before, err := published.Load(update.File)
	if err == nil {
		table = before.Merge(table)
	} else if !errors.Is(err, os.ErrNotExist) {
		return update, fmt.Errorf("%w; or remove the file", err)
	}
	update.Conflicts = table.Conflicts()
	return update, published.Save(update.File, table)
}

func readSource(ctx context.Context, source string) ([]byte, error) {
	if !strings.HasPrefix(source, "https://") && !strings.HasPrefix(source, "http://") {
		text, err := textfile.Read(source, "a list of address ranges")
		if err != nil {
			return nil, fmt.Errorf("reading address ranges: %w", err)
		}
		return text, nil
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, source, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("fetching address ranges: %w", err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("fetching address ranges: %w: fetch the file by other means and name it", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetching address ranges from %s: %s", source, answer.Status)
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxFeedBytes+1))
	if err == nil && len(text) > maxFeedBytes {
		err = fmt.Errorf("more than %d MiB", maxFeedBytes>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("fetching address ranges from %s: %w", source, err)
	}
	return text, nil
}
