package billfile

import (
	"encoding/json"
	"slices"
)

const creditsColumn = "credits"

var creditKeys = []string{"name", "type", "amount"}

func isCreditKey(name string) bool { return slices.Contains(creditKeys, name) }

// credits puts a row's list of credits together again, whose keys are columns of
// their own in a Parquet file.
type credits struct {
	wanted bool
	at     int
	list   []map[string]any
	seen   map[string]int
}

func (c *credits) reset() {
	c.list = c.list[:0]
	if c.seen == nil {
		c.seen = make(map[string]int)
	}
	clear(c.seen)
}

// add takes the next value of a key: repetition level 0 is the row's first.
func (c *credits) add(key string, repetition int, text string) {
	if repetition == 0 {
		c.seen[key] = 0
	}
	index := c.seen[key]
	c.seen[key]++
	for len(c.list) <= index {
		c.list = append(c.list, make(map[string]any))
	}
	if key == "amount" {
		c.list[index][key] = json.Number(text)
		return
	}
	c.list[index][key] = text
}

// json is the list as the JSON export has it, "" without credits.
func (c *credits) json() (string, error) {
	if len(c.list) == 0 {
		return "", nil
	}
	text, err := json.Marshal(c.list)
	return string(text), err
}
