package chat

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// figure matches a number as people write it: digits with separators, decimals.
var figure = regexp.MustCompile(`\d+(?:[,.]\d+)*`)

// smallCount is the largest whole number that an answer may use without a
// result that contains it: "two causes", "the first 3".
const smallCount = 10

// unproven lists the numbers of a text that stand in none of the sources: the
// tools' results and the question. Each is listed once, as written.
func unproven(text string, sources []string) []string {
	known := map[string]bool{}
	for _, source := range sources {
		for _, number := range figure.FindAllString(source, -1) {
			known[canonical(number)] = true
		}
	}
	var missing []string
	for _, number := range figure.FindAllString(text, -1) {
		plain := canonical(number)
		if known[plain] || isSmallCount(plain) || slices.Contains(missing, number) {
			continue
		}
		missing = append(missing, number)
	}
	return missing
}

// canonical drops thousands separators and the zeros that do not count.
func canonical(number string) string {
	number = strings.ReplaceAll(number, ",", "")
	whole, fraction, _ := strings.Cut(number, ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

func isSmallCount(number string) bool {
	n, err := strconv.Atoi(number)
	return err == nil && n <= smallCount
}
