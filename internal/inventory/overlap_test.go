package inventory_test

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/inventory"
)

func TestOverlapsAreNamed(t *testing.T) {
	facts, err := inventory.Parse("f.yaml", []byte(`endpoints:
- {class: on-premises, name: london, cidrs: [192.168.0.0/16]}
- {class: on-premises, name: paris, cidrs: [192.168.0.0/16]}
- {class: on-premises, name: rack, cidrs: [192.168.7.0/24]}
- {class: vpn, name: laptops, cidrs: [192.168.0.0/16]}
- {class: on-premises, name: lyon, network: vpc-2, cidrs: [192.168.0.0/16]}
- {key: before, class: api, name: old, cidrs: [10.0.0.1], to: 2026-01-01T00:00:00Z}
- {key: after, class: api, name: new, cidrs: [10.0.0.1], from: 2026-01-01T00:00:00Z}
`))
	if err != nil {
		t.Fatal(err)
	}
	got := inventory.Overlaps(facts)
	if len(got) != 1 || !strings.HasPrefix(got[0], `192.168.0.0/16 is of endpoint "on-premises//london" and of endpoint "on-premises//paris"`) {
		t.Errorf("overlaps: %q", got)
	}
}
