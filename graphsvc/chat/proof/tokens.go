package proof

import (
	"regexp"
	"strings"
)

// token is one piece of a text that holds a digit: a figure with its unit, a
// moment, or a name.
type token struct {
	kind tokenKind
	// written is the piece as it stands in the text, for the reader to find.
	written string
	// start is where it stands in the text, digits the number as written.
	start  int
	digits string
	// value is the figure without separators and idle zeros, the moment without
	// its zone, or the name in lower case.
	value string
	// unit of a figure in the form of the units table, "" where it has none.
	unit string
	// named is true for a figure that names a thing, such as "version 7".
	named bool
}

type tokenKind int

const (
	tokenFigure tokenKind = iota
	tokenMoment
	tokenName
)

var (
	tokenStart = regexp.MustCompile(`(?P<moment>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?|\d{1,2}:\d\d(?::\d\d)?)` +
		`|(?P<name>\p{L}[\p{L}\p{Nd}_]*(?:[-./][\p{L}\p{Nd}_]+)*)` +
		`|(?P<sign>(?:US)?\$|€|£)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\p{Nd}+(?:\.\p{Nd}+)*)`)
	// unitBehind follows a number; emphasis may stand between the two.
	unitBehind = regexp.MustCompile("^([*_`]*)([ \u00a0-]?)([*_`]*)([%×]|[\\p{L}µ]+)(/\\p{L}+)?")
	// nameBehind makes the number in front of it the start of a name.
	nameBehind = regexp.MustCompile(`^[\p{L}\p{Nd}_]+(?:[-./][\p{L}\p{Nd}_]+)*`)
	// nameBefore ends in a word that makes a number a name of something.
	nameBefore = regexp.MustCompile(`(?i)(?:version|port|revision|rule|row)[ #*]{0,4}$`)
	versionTag = regexp.MustCompile(`^v\d+$`)
	listMarker = regexp.MustCompile(`(?m)^\s*\d{1,2}[.)]\s|[:;,.] \d{1,2}\) `)
	digitNext  = regexp.MustCompile(`^\p{Nd}`)
	ordinals   = map[string]bool{"st": true, "nd": true, "rd": true, "th": true}
)

// tokensOf splits what holds digits out of a text, in order.
func tokensOf(text string) []token {
	text = listMarker.ReplaceAllStringFunc(text, func(marker string) string { return strings.Repeat(" ", len(marker)) })
	var found []token
	for at := 0; at < len(text); {
		match := tokenStart.FindStringSubmatchIndex(text[at:])
		if match == nil {
			break
		}
		start, end := at+match[0], at+match[1]
		group := func(name string) string {
			i := 2 * tokenStart.SubexpIndex(name)
			if match[i] < 0 {
				return ""
			}
			return text[at+match[i] : at+match[i+1]]
		}
		var next token
		switch {
		case group("moment") != "":
			next = token{kind: tokenMoment, written: text[start:end], value: strings.Replace(group("moment"), " ", "T", 1)}
		case group("name") != "":
			next = nameToken(text[start:end])
		default:
			next, end = figureToken(text, start, end, group("sign"), group("number"))
		}
		next.start = start
		if strings.ContainsFunc(next.written, isDigit) {
			found = append(found, next)
		}
		at = end
	}
	return found
}

func nameToken(written string) token {
	if versionTag.MatchString(written) {
		return token{written: written, value: canonical(written[1:]), named: true}
	}
	return token{kind: tokenName, written: written, value: strings.ToLower(written)}
}

// figureToken reads the number at text[start:end] with what stands behind it,
// and says where it ends.
func figureToken(text string, start, end int, sign, number string) (token, int) {
	figure := token{
		written: text[start:end], digits: number, value: canonical(number), unit: units[strings.ToLower(sign)],
		named: nameBefore.MatchString(text[max(0, start-len("revision ####")):start]),
	}
	behind := unitBehind.FindStringSubmatch(text[end:])
	glued := behind != nil && behind[1]+behind[2]+behind[3] == ""
	if strings.Count(number, ".") > 1 { // an address or a release
		return token{kind: tokenName, written: figure.written, value: number}, end
	}
	if behind == nil || figure.unit != "" && !glued {
		return figure, end
	}
	unit, known := units[strings.ToLower(behind[4])]
	if glued && digitNext.MatchString(text[end+len(behind[0]):]) { // 4b6a3a is no 4 bytes
		known = false
	}
	switch {
	case known:
		figure.unit += unit + strings.ToLower(behind[5])
		end += len(behind[0])
		if behind[1]+behind[3] == "" {
			figure.written = text[start:end]
		}
	case glued && ordinals[strings.ToLower(behind[4])]:
		end += len(behind[4])
	case glued:
		end += len(nameBehind.FindString(text[end:]))
		return token{kind: tokenName, written: text[start:end], value: strings.ToLower(text[start:end])}, end
	}
	return figure, end
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
