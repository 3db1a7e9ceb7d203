package version

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

// Relation says how one build stands to another.
type Relation string

// Relations. Unknown is where a build does not say which it is.
const (
	Same    Relation = "same"
	Older   Relation = "older"
	Newer   Relation = "newer"
	Other   Relation = "other" // of versions that are in no order, as commits without a tag
	Unknown Relation = "unknown"
)

// Compare says how a build stands to another one, by what `git describe` calls
// them: the release, then the commits since it.
func Compare(build, to string) Relation {
	switch {
	case build == "" || to == "" || build == unversioned || to == unversioned:
		return Unknown
	case build == to:
		return Same
	}
	a, known := parse(build)
	b, also := parse(to)
	if !known || !also {
		return Other
	}
	for i := range a {
		switch cmp.Compare(a[i], b[i]) {
		case -1:
			return Older
		case 1:
			return Newer
		}
	}
	return Other // of one commit, and one of them with changes of its own
}

// described is v1.2.3, v1.2.3-4-g0a1b2c3 or either with -dirty.
var described = regexp.MustCompile(`^v?(\d+)\.(\d+)\.(\d+)(?:-(\d+)-g[0-9a-f]+)?$`)

// parse is major, minor, patch and commits since.
func parse(build string) (parts [4]uint64, ok bool) {
	found := described.FindStringSubmatch(strings.TrimSuffix(build, "-dirty"))
	if found == nil {
		return parts, false
	}
	for i, text := range found[1:] {
		if text == "" {
			continue // at the release itself
		}
		number, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return parts, false
		}
		parts[i] = number
	}
	return parts, true
}
