package api

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// askedBytes is how much is kept of the arguments of one operation.
const askedBytes = 12 << 10

// argumentsIn are the arguments of an operation's fields as JSON, by the fields'
// names in the answer: what was asked, whether it stood in the document or in
// the variables. Each has its share of askedBytes and is cut off there, so that
// none can be made to push another off the record.
func argumentsIn(asked *graphql.OperationContext, root string) string {
	given := map[string]map[string]json.RawMessage{}
	count := 0
	for _, field := range graphql.CollectFields(asked, asked.Operation.SelectionSet, []string{root}) {
		for _, argument := range field.Arguments {
			value, err := argument.Value.Value(asked.Variables)
			if err != nil {
				value = argument.Value.String() // such as a number that no number can hold
			}
			text, err := json.Marshal(value)
			if err != nil {
				text = []byte("null") // what came as JSON can be written as JSON
			}
			if given[field.Alias] == nil {
				given[field.Alias] = map[string]json.RawMessage{}
			}
			given[field.Alias][argument.Name] = text
			count++
		}
	}
	for _, arguments := range given {
		for name, text := range arguments {
			arguments[name] = within(text, askedBytes/count)
		}
	}
	text, err := json.Marshal(given)
	if err != nil {
		return "null"
	}
	return string(text)
}

// within is a JSON value, or where it is longer the beginning of its text.
func within(value json.RawMessage, most int) json.RawMessage {
	if len(value) <= most {
		return value
	}
	text := string(value)
	var plain string
	if json.Unmarshal(value, &plain) == nil {
		text = plain
	}
	end := min(most, len(text))
	for end > 0 && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	cut, err := json.Marshal(text[:end] + "…")
	if err != nil {
		return json.RawMessage("null")
	}
	return cut
}
