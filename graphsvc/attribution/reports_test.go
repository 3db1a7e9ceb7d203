package attribution_test

import (
	"testing"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// reports are the two ends' reports of one transfer from web on node a to api
// on node b: the sender counted 1,000 bytes, the receiver 950.
func reports() (sender, receiver attribution.ReportedRow) {
	sender = row("a", pod("web"), "10.244.1.5", "10.244.2.5")
	sender.Row.Received = model.Counts{}
	receiver = row("b", pod("api"), "10.244.2.5", "10.244.1.5")
	receiver.Row.Role = model.RoleServer
	receiver.Row.Sent, receiver.Row.Received = model.Counts{}, model.Counts{WireBytes: 950, Packets: 2}
	return sender, receiver
}

func TestOneTruthFromTwoReports(t *testing.T) {
	sender, receiver := reports()
	both := []attribution.ReportedRow{sender, receiver}
	late := sender // an agent that began in mid-minute saw a part
	late.Row.Sent.WireBytes = 400
	lateSender := []attribution.ReportedRow{late, receiver}
	for _, test := range []struct {
		name    string
		covered []string
		rows    []attribution.ReportedRow
		sent    uint64
		check   uint64
		checked bool
	}{
		{"both covered: the sender's", []string{"a", "b"}, both, 1000, 950, true},
		{"sender covered", []string{"a"}, both, 1000, 950, true},
		{"receiver covered", []string{"b"}, both, 950, 1000, true},
		{"neither covered: the larger part, the sender's", nil, both, 1000, 950, true},
		{"neither covered: the larger part, the receiver's", nil, lateSender, 950, 400, true},
		{"a covered sender is the truth though it saw less", []string{"a"}, lateSender, 400, 950, true},
		{"sender alone", []string{"a"}, both[:1], 1000, 0, false},
		{"receiver alone", []string{"b"}, both[1:], 950, 0, false},
		{"receiver alone, nobody covered", nil, both[1:], 950, 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			flows, _ := attribute(t, cluster(), test.covered, test.rows...)
			if len(flows) != 1 {
				t.Fatalf("%d flows, want 1", len(flows))
			}
			f := flows[0]
			if f.Sent.WireBytes != test.sent || f.CheckBytes != test.check || f.Checked != test.checked {
				t.Errorf("sent %d, check %d %v; want %d, %d %v", f.Sent.WireBytes, f.CheckBytes, f.Checked, test.sent, test.check, test.checked)
			}
			if f.Key.Initiator != model.InitiatorSource {
				t.Errorf("initiator = %s, want source", f.Key.Initiator)
			}
		})
	}
}

func TestReceiverAloneAgainstACoveredSenderIsNoted(t *testing.T) {
	_, receiver := reports()
	flows, check := attribute(t, cluster(), []string{"a", "b"}, receiver)
	if len(flows) != 1 || flows[0].Sent.WireBytes != 950 || check.SenderSilentBytes != 950 {
		t.Errorf("flows %+v, check %+v: want the 950 bytes kept and noted", flows, check)
	}
	if check.SilentAtBorderBytes != 950 {
		t.Errorf("at the border: %d, want the 950 of the minute's first window", check.SilentAtBorderBytes)
	}
	for _, second := range []int{10, 49, 50} { // the window is of ten seconds
		receiver.Row.WindowStart = at(second)
		_, check = attribute(t, cluster(), []string{"a", "b"}, receiver)
		if want := receiver.Row.Received.WireBytes * uint64(second/50); check.SenderSilentBytes != 950 || check.SilentAtBorderBytes != want {
			t.Errorf("from second %d: %+v, want %d at the border", second, check, want)
		}
	}
}

func TestOneEndKnowsTheOpener(t *testing.T) {
	sender, receiver := reports()
	sender.Row.Role = model.RoleUnknown // its socket is older than the agent
	flows, _ := attribute(t, cluster(), []string{"a", "b"}, sender, receiver)
	if len(flows) != 1 || flows[0].Key.Initiator != model.InitiatorSource || flows[0].Sent.WireBytes != 1000 {
		t.Errorf("flows = %+v, want one of 1000 bytes opened by the source", flows)
	}
}

func TestTheFarEndsAgentNamesWhatAnAddressCannot(t *testing.T) {
	sender, receiver := reports()
	sender.Row.RemoteAddr = addrs("10.0.0.11")[0] // node b: a host-network pod and the node's processes share it
	receiver.Row.Local, receiver.Row.LocalAddr = pod("proxy"), sender.Row.RemoteAddr
	flows, _ := attribute(t, cluster(), []string{"a", "b"}, sender, receiver)
	if len(flows) != 1 || flows[0].Key.Destination.ID() != "w/lab/shop/Deployment/of-proxy" || flows[0].Sent.WireBytes != 1000 {
		t.Errorf("flows = %+v, want 1000 bytes to the host-network pod", flows)
	}
}

func TestAddressThatChangedHandsInOneWindow(t *testing.T) {
	facts := append(cluster(),
		podFact("old", "b", model.Period{To: at(3)}, "10.244.9.9"), podFact("new", "b", model.Period{From: at(5)}, "10.244.9.9"))
	sender, toOld := reports()
	_, toNew := reports()
	sender.Row.RemoteAddr = addrs("10.244.9.9")[0]
	toOld.Row.Local, toOld.Row.LocalAddr = pod("old"), sender.Row.RemoteAddr
	toNew.Row.Local, toNew.Row.LocalAddr = pod("new"), sender.Row.RemoteAddr
	toOld.Row.Received, toNew.Row.Received = model.Counts{WireBytes: 400}, model.Counts{WireBytes: 600}

	flows, _ := attribute(t, facts, []string{"a", "b"}, sender, toOld, toNew)
	got := map[string]uint64{}
	for _, f := range flows {
		got[f.Key.Destination.ID()] += f.Sent.WireBytes
	}
	if len(got) != 2 || got["w/lab/shop/Deployment/of-old"] != 400 || got["w/lab/shop/Deployment/of-new"] != 600 {
		t.Errorf("got %v: the receiver knows who had which bytes", got)
	}

	flows, _ = attribute(t, facts, []string{"a"}, sender)
	if len(flows) != 1 || flows[0].Key.Destination != model.Unknown(model.UnknownAmbiguous) {
		t.Errorf("got %+v: without the receiver the owner is ambiguous", flows)
	}
}

func TestMasqueradedPodIsCountedOnce(t *testing.T) {
	sender, receiver := reports()
	receiver.Row.RemoteAddr = addrs("10.0.0.10")[0] // node a instead of web
	flows, check := attribute(t, cluster(), []string{"a", "b"}, sender, receiver)
	if len(flows) != 1 || flows[0].Sent.WireBytes != 1000 || flows[0].Key.Source.ID() != "w/lab/shop/Deployment/of-web" {
		t.Errorf("flows = %+v, want web's 1000 bytes once", flows)
	}
	if check.MasqueradedBytes != 950 {
		t.Errorf("masqueraded = %d, want 950", check.MasqueradedBytes)
	}
}

func TestCoverage(t *testing.T) {
	minute := model.MinuteOf(start)
	period := func(from, to int) model.Period { return model.Period{From: at(from), To: at(to)} }
	for _, test := range []struct {
		name    string
		covered []model.Period
		lost    []model.Period
		full    bool
	}{
		{"nothing", nil, nil, false},
		{"all at once", []model.Period{period(-10, 70)}, nil, true},
		{"tiles in any order", []model.Period{period(40, 60), period(0, 20), period(20, 40)}, nil, true},
		{"a gap", []model.Period{period(0, 20), period(21, 60)}, nil, false},
		{"a late start", []model.Period{period(1, 60)}, nil, false},
		{"an early end", []model.Period{period(0, 59)}, nil, false},
		{"a loss", []model.Period{period(0, 60)}, []model.Period{period(10, 20)}, false},
		{"a loss at one instant", []model.Period{period(0, 60)}, []model.Period{period(0, 0)}, false},
		{"a loss before", []model.Period{period(0, 60)}, []model.Period{period(-10, 0)}, true},
		{"a loss after", []model.Period{period(0, 60)}, []model.Period{period(60, 61)}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			var coverage attribution.Coverage
			for _, p := range test.covered {
				coverage.Add(agent("a"), p)
			}
			for _, p := range test.lost {
				coverage.Lose(agent("a"), p)
			}
			if got := coverage.Full(agent("a"), minute); got != test.full {
				t.Errorf("Full = %v, want %v (%+v)", got, test.full, coverage.Minute(minute))
			}
		})
	}
}
