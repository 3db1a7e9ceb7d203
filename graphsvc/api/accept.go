package api

import (
	"mime"
	"strconv"
	"strings"
)

// The media types of a response. The newer one says by its status whether a
// request ran; the older one is what clients get that name neither.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// negotiate picks the response's media type by the Accept headers: the one with
// the highest weight, the first of equals; application/json where anything goes.
// It is false where neither is accepted.
func negotiate(accept []string) (media string, acceptable bool) {
	ranges := strings.Split(strings.Join(accept, ","), ",")
	if strings.TrimSpace(strings.Join(ranges, "")) == "" {
		return mediaJSON, true
	}
	best := 0.0
	for _, text := range ranges {
		offered, weight := offer(text)
		if offered != "" && weight > best {
			media, best = offered, weight
		}
	}
	return media, media != ""
}

// offer is which of the two a media range takes, "" for neither, and its weight.
func offer(text string) (media string, weight float64) {
	name, params, err := mime.ParseMediaType(text)
	if err != nil {
		return "", 0
	}
	weight = 1
	if q, given := params["q"]; given {
		if weight, err = strconv.ParseFloat(q, 64); err != nil {
			return "", 0
		}
	}
	if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		return "", 0
	}
	switch name {
	case mediaGraphQL:
		return mediaGraphQL, weight
	case mediaJSON, "application/*", "*/*":
		return mediaJSON, weight
	default:
		return "", 0
	}
}
