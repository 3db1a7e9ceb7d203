package api

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
)

// maxKeptText is up to how long a query's text is kept: the largest document of the
// user interface has a tenth of it. A body may have 1 MiB, most of it comments, and
// hundreds of those would be kept.
const maxKeptText = 32 << 10

// smallTexts keeps what belongs to texts of queries, the least used dropped first.
type smallTexts[T any] struct {
	lru *lru.LRU[T]
	// text is the query's text of an entry.
	text func(key string, value T) string
}

var _ graphql.Cache[string] = smallTexts[string]{}

// parsedTexts keeps documents by their text, sentTexts texts by their hash.
func parsedTexts[T any]() smallTexts[T] {
	return smallTexts[T]{lru.New[T](cachedQueries), func(key string, _ T) string { return key }}
}

func sentTexts() smallTexts[string] {
	return smallTexts[string]{lru.New[string](cachedQueries), func(_, value string) string { return value }}
}

// Get is what was added under a key, as long as it is kept.
func (s smallTexts[T]) Get(ctx context.Context, key string) (value T, ok bool) {
	return s.lru.Get(ctx, key)
}

// Add keeps what belongs to a short text.
func (s smallTexts[T]) Add(ctx context.Context, key string, value T) {
	if len(s.text(key, value)) <= maxKeptText {
		s.lru.Add(ctx, key, value)
	}
}
