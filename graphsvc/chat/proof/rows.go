package proof

import (
	"encoding/json"
	"maps"
	"regexp"
	"strconv"
	"strings"
)

var (
	wordPattern = regexp.MustCompile(`[\p{L}\p{Nd}_][\p{L}\p{Nd}_./:-]*[\p{L}\p{Nd}_]|[\p{L}\p{Nd}]`)
	transferID  = regexp.MustCompile(`^t[0-9a-f]{16}$`)
)

// entityKeys hold names and ids of nodes.
var entityKeys = map[string]bool{
	"sourceName": true, "destinationName": true, "source": true, "destination": true, "from": true, "to": true, "name": true,
	"node": true, "entity": true, "group": true, "through": true, "id": true, "subject": true, "entities": true, "via": true,
}

// engineKeys hold texts that Egressor's engines write. Figures in other texts prove
// nothing: names, labels and titles with names in them are other people's words.
var engineKeys = map[string]bool{
	"why": true, "assumptions": true, "warnings": true, "for": true, "against": true,
	"priceSource": true, "unpricedReason": true, "check": true, "tier": true,
	"action": true, "command": true, "undo": true, "undoCommand": true,
}

// wholeMoment is a text that is a time and nothing else.
var wholeMoment = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$`)

func isEntityKey(key string) bool { return entityKeys[key] }

// nameKeys hold numbers that name a thing and measure nothing.
var nameKeys = map[string]bool{"number": true, "version": true, "serverPort": true, "virtualPort": true, "revision": true}

func isName(key string) bool { return nameKeys[key] }

func isBytes(key string) bool {
	key = strings.TrimSuffix(strings.ToLower(key), "change")
	return strings.HasSuffix(key, "bytes") || key == "bytesout" || key == "bytesin"
}

// commonNames are names of nodes that are words of every answer too.
var commonNames = map[string]bool{
	"internet": true, "unknown": true, "other": true, "default": true, "node": true, "cluster": true, "workload": true,
	"source": true, "destination": true, "idle": true, "nat": true, "vpc": true, "zone": true, "region": true, "rest": true, "total": true,
}

func newRow(outer *row) *row {
	inner := &row{words: map[string]bool{}}
	if outer != nil {
		maps.Copy(inner.words, outer.words)
		inner.source, inner.destination, inner.named = outer.source, outer.destination, outer.named
	}
	return inner
}

// take learns the texts directly in an object, and in the objects within it that
// are no list.
func (r *row) take(tree any) {
	object, ok := tree.(map[string]any)
	if !ok {
		return
	}
	for key, value := range object {
		switch value := value.(type) {
		case string:
			r.takeText(key, value)
		case map[string]any:
			r.take(value)
		case json.Number:
			r.words[value.String()] = true
		case []any:
			for _, part := range value {
				if text, isText := part.(string); isText {
					r.takeText(key, text)
				}
			}
		}
	}
}

func (r *row) takeText(key, text string) {
	for _, word := range wordsOf(text) {
		r.words[word] = true
	}
	switch key {
	case "sourceName":
		r.source, r.named = strings.ToLower(text), true
	case "destinationName":
		r.destination, r.named = strings.ToLower(text), true
	case "group", "name", "node", "entity":
		r.named = r.named || text != ""
	}
}

// wordsOf are a text's names and their parts, in lower case.
func wordsOf(text string) []string {
	text = strings.ToLower(text)
	words := []string{text}
	for _, word := range wordPattern.FindAllString(text, -1) {
		words = append(words, word)
		if strings.ContainsAny(word, "/:") {
			words = append(words, strings.FieldsFunc(word, func(letter rune) bool { return letter == '/' || letter == ':' })...)
		}
	}
	return words
}

// versionIn is the highest version number in a result.
func versionIn(tree any) (highest uint64) {
	switch tree := tree.(type) {
	case map[string]any:
		for key, part := range tree {
			if key == "version" {
				highest = max(highest, numberOf(part))
			}
			highest = max(highest, versionIn(part))
		}
	case []any:
		for _, part := range tree {
			highest = max(highest, versionIn(part))
		}
	}
	return highest
}

// windowIn is the first window of a result that its top names.
func windowIn(tree any) (from, to string) {
	object, ok := tree.(map[string]any)
	if !ok {
		return "", ""
	}
	if window, ok := object["window"].(map[string]any); ok {
		return stringIn(window, "from"), stringIn(window, "to")
	}
	if after, ok := object["after"].(map[string]any); ok {
		if from, to = windowIn(after); from != "" {
			return from, to
		}
	}
	for key, part := range object {
		if key == "before" {
			continue
		}
		if f, t := windowIn(part); f > from {
			from, to = f, t
		}
	}
	return from, to
}

// numberOf a version: it is a number, or has one.
func numberOf(version any) uint64 {
	if object, ok := version.(map[string]any); ok {
		version = object["number"]
	}
	number, ok := version.(json.Number)
	if !ok {
		return 0
	}
	n, err := strconv.ParseUint(number.String(), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
