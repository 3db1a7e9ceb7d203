package version_test

import (
	"testing"

	"github.com/egressor/egressor/internal/version"
)

func TestBuildsAreComparedByReleaseAndCommits(t *testing.T) {
	for _, test := range []struct {
		build, to string
		want      version.Relation
	}{
		{"v1.4.0", "v1.4.0", version.Same},
		{"af206f3", "af206f3", version.Same},
		{"v1.4.0", "v1.5.0", version.Older},
		{"v1.10.0", "v1.9.9", version.Newer},
		{"v1.4.0", "v1.4.0-3-gabc1234", version.Older},
		{"v1.4.0-12-gabc1234", "v1.4.0-3-gdef5678", version.Newer},
		{"1.4.0", "v1.4.1", version.Older},
		{"v1.4.0-3-gabc1234-dirty", "v1.4.0-3-gabc1234", version.Other},
		{"af206f3", "v1.4.0", version.Other},
		{"af206f3", "169bd5a", version.Other},
		{"v99999999999999999999.0.0", "v1.0.0", version.Other},
		{"", "v1.4.0", version.Unknown},
		{"unversioned", "unversioned", version.Unknown},
	} {
		if got := version.Compare(test.build, test.to); got != test.want {
			t.Errorf("%q to %q is %s, want %s", test.build, test.to, got, test.want)
		}
	}
}
