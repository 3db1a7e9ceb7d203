package query_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

func stating(now time.Time, kept *doubles.Decisions, facts *doubles.Facts, overlays *doubles.Overlays) *query.Explorer {
	return query.New(query.Dependencies{
		Graphs: &doubles.Graphs{}, Series: &doubles.Series{}, Layout: &doubles.Layout{}, Sources: doubles.Sources{},
		Clock: doubles.Clock(now), Insights: found{}, Decisions: kept, Facts: facts, Overlays: overlays,
	})
}

func TestEndpointsAreStatedAndEnd(t *testing.T) {
	kept, facts := &doubles.Decisions{}, &doubles.Facts{}
	eve := person(t, "eve", access.Admin, "*/*")
	office := query.EndpointStatement{Class: "on-premises", Name: "office", CIDRs: []string{"192.168.0.0/16"}}
	wider := office
	wider.CIDRs = []string{"192.168.0.0/16", "172.20.4.7"}
	at := func(minutes int) time.Time { return doubles.Epoch.Add(time.Duration(minutes) * time.Minute) }
	save := func(now int, stated query.EndpointStatement, from time.Time, key string) query.Code {
		_, err := stating(at(now), kept, facts, &doubles.Overlays{}).SaveEndpoint(eve, stated, from, query.Choice{Key: key})
		return codeOf(err)
	}
	end := func(now int, when time.Time) query.Code {
		_, err := stating(at(now), kept, facts, &doubles.Overlays{}).EndEndpoint(eve, "on-premises//office", when, query.Choice{})
		return codeOf(err)
	}
	for n, step := range []struct {
		got, want query.Code
	}{
		{save(0, office, time.Time{}, "k"), ""},
		{save(5, office, time.Time{}, "k"), ""},           // sent again
		{save(6, office, time.Time{}, ""), ""},            // as it is
		{save(7, wider, at(-60), ""), query.CodeBadInput}, // before what was stated
		{save(8, wider, at(3), ""), ""},                   // since a moment that is past
		{end(9, at(3)), query.CodeBadInput},               // before it begins
		{end(10, time.Time{}), ""},                        // now
		{end(11, time.Time{}), ""},                        // again
		{save(12, office, at(8), ""), query.CodeBadInput}, // within what has ended
		{save(13, office, time.Time{}, ""), ""},
	} {
		if step.got != step.want {
			t.Errorf("step %d: %q, want %q", n, step.got, step.want)
		}
	}
	var periods, said []string
	all, err := stating(at(14), kept, facts, &doubles.Overlays{}).StatedEndpoints(eve)
	check(t, err)
	for _, f := range all {
		text := fmt.Sprint(int(f.Period.From.Sub(doubles.Epoch).Minutes()), "-")
		if !f.Period.To.IsZero() {
			text += fmt.Sprint(int(f.Period.To.Sub(doubles.Epoch).Minutes()))
		}
		periods = append(periods, text)
		who := fmt.Sprint(f.Said.By, "@", int(f.Said.At.Sub(doubles.Epoch).Minutes()))
		if f.Ended != nil {
			who += fmt.Sprint(" ended @", int(f.Ended.At.Sub(doubles.Epoch).Minutes()))
		}
		said = append(said, who)
	}
	if diff := cmp.Diff([]string{"eve@0", "eve@8 ended @10", "eve@13"}, said); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"0-3", "3-10", "13-"}, periods); diff != "" {
		t.Error(diff)
	}
}

func TestWhoMayStateWhat(t *testing.T) {
	office := query.EndpointStatement{Class: "on-premises", Name: "office", CIDRs: []string{"192.168.0.0/16"}}
	bad := func(change func(*query.EndpointStatement)) query.EndpointStatement {
		changed := office
		change(&changed)
		return changed
	}
	for _, test := range []struct {
		name   string
		role   access.Role
		scope  string
		stated query.EndpointStatement
		want   query.Code
	}{
		{"an admin of all", access.Admin, "*/*", office, ""},
		{"an admin of a part", access.Admin, "lab/shop", office, query.CodeForbidden},
		{"an analyst", access.Analyst, "*/*", office, query.CodeForbidden},
		{"no ranges", access.Admin, "*/*", bad(func(e *query.EndpointStatement) { e.CIDRs = nil }), query.CodeBadInput},
		{"too many ranges", access.Admin, "*/*", bad(func(e *query.EndpointStatement) { e.CIDRs = slices.Repeat(e.CIDRs, 501) }), query.CodeBadInput},
		{"no range", access.Admin, "*/*", bad(func(e *query.EndpointStatement) { e.CIDRs = []string{"office"} }), query.CodeBadInput},
		{"a name alone", access.Admin, "*/*", bad(func(e *query.EndpointStatement) { e.CIDRs, e.Hosts = nil, []string{"api.payments.example"} }), ""},
		{"a wildcard", access.Admin, "*/*", bad(func(e *query.EndpointStatement) { e.Hosts = []string{"*.payments.example"} }), query.CodeBadInput},
		{"too many names", access.Admin, "*/*", bad(func(e *query.EndpointStatement) { e.Hosts = slices.Repeat([]string{"a.example"}, 101) }), query.CodeBadInput},
		{"no name", access.Admin, "*/*", bad(func(e *query.EndpointStatement) { e.Name = "" }), query.CodeBadInput},
	} {
		kept, facts, overlays := &doubles.Decisions{}, &doubles.Facts{}, &doubles.Overlays{}
		explorer, who := stating(doubles.Epoch, kept, facts, overlays), person(t, "eve", test.role, test.scope)
		if _, err := explorer.SaveEndpoint(who, test.stated, time.Time{}, query.Choice{}); codeOf(err) != test.want || (err == nil) != (len(facts.Stated) == 1 && len(kept.Kept) == 1) {
			t.Errorf("%s: %v, %d facts, %d records", test.name, err, len(facts.Stated), len(kept.Kept))
		}
		if test.want == query.CodeForbidden {
			_, err := explorer.PutOverlay(who, "overlay: x", doubles.Epoch, query.Choice{})
			_, ended := explorer.EndEndpoint(who, "k", time.Time{}, query.Choice{})
			if withdrawn := explorer.WithdrawOverlay(who, "x", query.Choice{}); codeOf(err) != test.want || codeOf(ended) != test.want || codeOf(withdrawn) != test.want {
				t.Errorf("%s: %v, %v, %v", test.name, err, ended, withdrawn)
			}
		}
	}
}

func TestOverlaysArePutInForceAndPricedSince(t *testing.T) {
	kept, overlays := &doubles.Decisions{}, &doubles.Overlays{}
	explorer, eve := stating(doubles.Epoch, kept, &doubles.Facts{}, overlays), person(t, "eve", access.Admin, "*/*")
	first := model.MinuteOf(doubles.Epoch)
	put := func(text string, from model.Minute, key string) query.Code {
		_, err := explorer.PutOverlay(eve, text, from.Start(), query.Choice{Key: key})
		return codeOf(err)
	}
	for n, got := range []query.Code{put("overlay: acme", first, "k"), put("overlay: acme", first, "k"), put("overlay: later", first+60, ""), put("overlay: acme", first+10, "")} {
		if got != "" {
			t.Errorf("put %d: %q", n, got)
		}
	}
	if got := put("discount: 100", first, ""); got != query.CodeBadInput {
		t.Errorf("a broken overlay: %q", got)
	}
	inForce, err := explorer.PriceOverlays(eve)
	check(t, err)
	if len(inForce) != 2 || inForce[0].Name != "acme" || inForce[0].From != first+10 || inForce[1].Name != "later" {
		t.Errorf("in force: %+v", inForce)
	}
	for range 2 {
		check(t, explorer.WithdrawOverlay(eve, "acme", query.Choice{}))
	}
	check(t, explorer.WithdrawOverlay(eve, "none", query.Choice{}))
	// What begins later is priced anew since its earlier beginning too, and what is
	// sent again asks again.
	if diff := cmp.Diff([]model.Minute{first, first, first + 60, first, first + 10, first + 10}, overlays.Since); diff != "" {
		t.Error(diff)
	}
	if len(kept.Kept) != 4 {
		t.Errorf("%d records", len(kept.Kept))
	}
	if left, err := explorer.PriceOverlays(eve); err != nil || len(left) != 1 || left[0].Name != "later" {
		t.Errorf("left: %+v, %v", left, err)
	}
	if seen, err := explorer.PriceOverlays(person(t, "ann", access.Admin, "lab/shop")); err != nil || len(seen) > 0 {
		t.Errorf("a contract's terms are shown to who sees a part: %+v, %v", seen, err)
	}
}
