package proof

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// anyName is one as clusters have them, of workloads and of hosts outside; none is a
// word of every sentence, such as "to".
var anyName = rapid.Custom(func(t *rapid.T) string {
	label := rapid.StringMatching(`[a-z][a-z0-9]{3,6}(-[a-z0-9]{1,5}){0,2}`)
	name := label.Draw(t, "label")
	for range rapid.IntRange(0, 3).Draw(t, "labels") {
		name += "." + label.Draw(t, "label")
	}
	return name
})

// TestNoNameOfAResultIsAStranger: whatever a workload or an endpoint is called, a
// sentence that says of it what a result says is right.
func TestNoNameOfAResultIsAStranger(t *testing.T) {
	for _, pair := range [][2]string{
		{"metrics-collector", "metrics-vendor.example.net"}, {"checkout", "fx-rates.example.org"}, {"k8s-proxy-x", "v2"}, {"img-proxy", "x-v2.eu-1.example.com"},
		{"billing-due", "mail"},
	} {
		saidOf(t, pair[0], pair[1])
	}
	rapid.Check(t, func(t *rapid.T) { saidOf(t, anyName.Draw(t, "source"), anyName.Draw(t, "destination")) })
}

// saidOf expects that nothing is marked in what is said of a transfer.
func saidOf(t failer, source, destination string) {
	t.Helper()
	l := ledgerOf(t, fmt.Sprintf(`{"transfers":{"version":{"number":412},"edges":[{"node":{"id":"t00000000000f0412",
		"source":"w/lab/shop/Deployment/%[1]s","destination":"e/internet//%[2]s","sourceName":"%[1]s","destinationName":"%[2]s","serverPort":443,"bytes":456789012,"connections":5120}}]}}`, source, destination))
	for _, sentence := range []string{
		"SOURCE sent {#f1} to DESTINATION.", "SOURCE to DESTINATION: {#f1}.", "- **SOURCE** → **DESTINATION**: 435.63 MiB over {#f2} connections.\n",
		"`SOURCE` moved {#f1}, all of it to `DESTINATION`.", "Of {#f1}, most went from SOURCE to DESTINATION:443.", "DESTINATION ({#f1}) is called by SOURCE.",
		"What is dear is w/lab/shop/Deployment/SOURCE to e/internet//DESTINATION with {#f1}.", "DESTINATION's {#f1} came from SOURCE.",
	} {
		text := strings.NewReplacer("SOURCE", source, "DESTINATION", destination).Replace(sentence)
		if wrong := Unproven(Spans(l, text)); len(wrong) > 0 {
			t.Fatal(fmt.Sprintf("%s\nmarked %+v", text, wrong))
		}
	}
}
