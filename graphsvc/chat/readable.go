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

// readable rewrites a result for reading: counts of bytes get their display
// form beside them, so that nobody has to convert, and strings are cut and
// stripped of control and direction characters.
func readable(result json.RawMessage) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(result))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return "", fmt.Errorf("the result is no JSON: %w", err)
	}
	text, err := json.Marshal(rewrite("", tree))
	return string(text), err
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
		if isBytes(key) {
			return sized(value.String())
		}
		return value
	case string:
		if isBytes(key) {
			return sized(value) // beyond 2^53 the API writes counts as strings
		}
		return harmless(value)
	default:
		return value
	}
}

func isBytes(key string) bool { return strings.HasSuffix(strings.ToLower(key), "bytes") }

// sized is "N bytes" with the binary unit behind it from 1 KiB up.
func sized(count string) string {
	n, ok := new(big.Int).SetString(count, 10)
	if !ok {
		return harmless(count)
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

func harmless(text string) string {
	var clean strings.Builder
	letters := 0
	for _, letter := range text {
		if letters++; letters > maxTextLetters {
			clean.WriteString("…")
			break
		}
		if unicode.IsControl(letter) || unicode.Is(unicode.Cf, letter) {
			fmt.Fprintf(&clean, "\\u%04x", letter)
			continue
		}
		clean.WriteRune(letter)
	}
	return clean.String()
}
