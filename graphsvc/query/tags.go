package query

import (
	"cmp"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/internal/model"
)

// maxTags bounds how many names there are at a time.
const maxTags = 2000

var tagName = regexp.MustCompile(`^[A-Za-z0-9._/-]{1,100}$`)

// Tag is a name that somebody gave to a version.
type Tag struct {
	Name    string
	Version uint64
	// By and Note are empty for who may not see everything.
	By, Note string
	At       time.Time
}

// tagBody is what is kept of a tag.
type tagBody struct {
	Version uint64 `json:"version"`
}

// Tags are the names that versions have now, by name.
func (e *Explorer) Tags(ctx context.Context) ([]Tag, error) {
	if e.decisions == nil {
		return nil, nil
	}
	records, err := e.decisions.Decisions(ctx, decision.Tag, nil)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	var tags []Tag
	for _, r := range decision.Newest(records) {
		if tag, ok := tagOf(ctx, r); ok {
			tags = append(tags, tag)
		}
	}
	slices.SortFunc(tags, func(a, b Tag) int { return cmp.Compare(a.Name, b.Name) })
	return tags, nil
}

func tagOf(ctx context.Context, r decision.Record) (Tag, bool) {
	var body tagBody
	if r.Action != decision.Saved || json.Unmarshal([]byte(r.Body), &body) != nil {
		return Tag{}, false
	}
	tag := Tag{Name: r.Subject, Version: body.Version, At: r.At}
	if SeesAll(ctx) {
		tag.By, tag.Note = r.By, r.Note
	}
	return tag, true
}

// tagged is the version that has a name.
func (e *Explorer) tagged(ctx context.Context, name string, head model.GraphVersion) (*model.GraphVersion, error) {
	if e.decisions != nil {
		history, err := e.history(ctx, decision.Tag, name)
		if err != nil {
			return nil, err
		}
		if len(history) > 0 {
			if tag, ok := tagOf(ctx, history[0]); ok {
				return e.numbered(ctx, tag.Version, head)
			}
		}
	}
	return nil, &Error{Code: CodeUnknownID, Message: "no version is tagged " + strconv.Quote(name), Hint: "`tags` lists the names; tagVersion gives one"}
}

// TagVersion gives a version a name. A name that another version has is refused:
// what was asked as of it would have another answer.
func (e *Explorer) TagVersion(ctx context.Context, name string, version uint64, note, key string) (Tag, error) {
	if err := needs(ctx, access.Analyst, "to tag versions"); err != nil {
		return Tag{}, err
	}
	if !tagName.MatchString(name) {
		return Tag{}, badInput("take 1 to 100 letters, digits, dots, dashes, underscores and slashes", "%s is no name of a tag", strconv.Quote(name))
	}
	if _, err := e.version(ctx, Ask{AsOfVersion: max(version, 1)}); err != nil {
		return Tag{}, err
	}
	tags, err := e.Tags(ctx)
	if err != nil {
		return Tag{}, err
	}
	at := slices.IndexFunc(tags, func(t Tag) bool { return t.Name == name })
	switch {
	case at >= 0 && tags[at].Version != version:
		return Tag{}, badInput("take another name, or delete the tag first", "%s is the name of version %d", name, tags[at].Version)
	case at >= 0:
		return tags[at], nil
	case len(tags) >= maxTags:
		return Tag{}, badInput("delete some", "there are %d tags already", len(tags))
	}
	body, err := json.Marshal(tagBody{version})
	if err != nil {
		return Tag{}, err
	}
	history, err := e.decide(ctx, decision.Record{Kind: decision.Tag, Subject: name, Action: decision.Saved, Note: note, Body: string(body), Key: key})
	if err != nil {
		return Tag{}, err
	}
	tag, ok := tagOf(ctx, history[0])
	if !ok {
		return Tag{}, badInput("tag it with another key", "the tag %s was deleted since", name)
	}
	return tag, nil
}

// DeleteTag takes a name from a version.
func (e *Explorer) DeleteTag(ctx context.Context, name string) error {
	if err := needs(ctx, access.Analyst, "to delete tags"); err != nil {
		return err
	}
	history, err := e.history(ctx, decision.Tag, name)
	if err != nil || len(history) == 0 || history[0].Action == decision.Deleted {
		return err
	}
	_, err = e.decide(ctx, decision.Record{Kind: decision.Tag, Subject: name, Action: decision.Deleted})
	return err
}
