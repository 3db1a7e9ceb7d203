package chat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"unicode"
)

// maxTextLetters bounds one string from the cluster: names, labels and causes
// are other people's text and are handed on as data only.
const maxTextLetters = 120

// maxIDLetters bounds an id, which must stay whole to be asked about, and a price's
// source, which is evidence.
const maxIDLetters = 600

// readable rewrites a result for reading: counts of bytes get their display
// form beside them and times their unit, so that nobody has to convert or guess,
// and strings are cut and show control, direction and markup characters as
// escapes.
func readable(result json.RawMessage) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(result))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return "", fmt.Errorf("the result is no JSON: %w", err)
	}
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // markup is escaped already, in texts alone
	err := encoder.Encode(rewrite("", tree))
	return strings.TrimSuffix(text.String(), "\n"), err
}

func rewrite(key string, value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, part := range value {
			value[name] = rewrite(name, part)
		}
		return value
	case []any:
		for i := range value {
			value[i] = rewrite(key, value[i])
		}
		return value
	case json.Number:
		return measured(key, value)
	case string:
		if isBytes(key) {
			return sized(value) // beyond 2^53 the API writes counts as strings
		}
		return harmless(value, lettersOf(key))
	default:
		return value
	}
}

// measured puts the unit that the field's name says behind a number.
func measured(key string, number json.Number) any {
	switch {
	case isBytes(key):
		return sized(number.String())
	case strings.HasSuffix(key, "Seconds"):
		return number.String() + " s"
	case strings.HasSuffix(key, "Micros"):
		return number.String() + " µs"
	default:
		return number
	}
}

func lettersOf(key string) int {
	switch key {
	case "id", "source", "destination", "sourceRevision", "destinationRevision", "priceSource":
		return maxIDLetters
	default:
		return maxTextLetters
	}
}

func isBytes(key string) bool {
	key = strings.TrimSuffix(strings.ToLower(key), "change")
	return strings.HasSuffix(key, "bytes")
}

// sized is "N bytes" with the binary unit behind it from 1 KiB up.
func sized(count string) string {
	n, ok := new(big.Int).SetString(count, 10)
	if !ok {
		return harmless(count, maxTextLetters)
	}
	units := []string{"KiB", "MiB", "GiB", "TiB", "PiB"}
	scale := big.NewInt(1)
	unit := ""
	for _, next := range units {
		larger := new(big.Int).Lsh(scale, 10)
		if n.CmpAbs(larger) < 0 {
			break
		}
		scale, unit = larger, next
	}
	if unit == "" {
		return count + " bytes"
	}
	return count + " bytes = " + new(big.Rat).SetFrac(n, scale).FloatString(2) + " " + unit
}

// harmless cuts a text and escapes what could hide or form something in it.
func harmless(text string, most int) string {
	var clean strings.Builder
	letters := 0
	for _, letter := range text {
		if letters++; letters > most {
			clean.WriteString("…")
			break
		}
		if strings.ContainsRune("<>[]`", letter) || unicode.In(letter, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			fmt.Fprintf(&clean, "\\u%04x", letter)
			continue
		}
		clean.WriteRune(letter)
	}
	return clean.String()
}
