package kube

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/kube/lifetimes"
	"github.com/egressor/egressor/internal/model"
)

// TestFiftyOwnersOfOneAddressInThirtyDays: the case that made other tools draw
// edges months late. Bytes of any hour are their owner's of that hour, on the day
// and when all pods are gone from the API.
func TestFiftyOwnersOfOneAddressInThirtyDays(t *testing.T) {
	const owners = 50
	begin := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	each := 30 * 24 * time.Hour / owners
	facts := map[string]model.Fact{}
	c := newCluster("lab", &Mapping{}, lifetimes.DefaultRules(), func(stated []model.Fact) {
		for _, fact := range stated {
			facts[fmt.Sprint(fact.Key, fact.Period.From)] = fact
		}
	})
	pod := func(n int) *corev1.Pod {
		started := metav1.NewTime(begin.Add(time.Duration(n) * each).Add(3 * time.Second))
		return &corev1.Pod{
			ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: fmt.Sprint("p", n), UID: types.UID(fmt.Sprint("uid-", n)), CreationTimestamp: metav1.NewTime(started.Add(-2 * time.Second))},
			Spec:       corev1.PodSpec{NodeName: "node-a"},
			Status: corev1.PodStatus{Phase: corev1.PodRunning, PodIPs: []corev1.PodIP{{IP: "10.244.1.7"}}, StartTime: &started,
				ContainerStatuses: []corev1.ContainerStatus{{State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: started}}}}},
		}
	}
	var atTheTime []string
	for n := range owners {
		born := begin.Add(time.Duration(n) * each)
		c.seen(pods.String(), pod(n), born.Add(4*time.Second))
		atTheTime = append(atTheTime, ownerAt(t, facts, born.Add(each/2)))
		if n%2 == 0 { // of every other nobody sees the end
			c.gone(pods.String(), pod(n), born.Add(each-time.Minute))
		}
	}
	c.listed(pods.String(), nil, begin.Add(31*24*time.Hour), begin.Add(32*24*time.Hour))
	for n := range owners {
		want := fmt.Sprintf("w/lab/shop/Pod/p%d", n)
		later := ownerAt(t, facts, begin.Add(time.Duration(n)*each).Add(each/2))
		if atTheTime[n] != want || later != want {
			t.Errorf("owner %d: %s at the time, %s when all were gone, want %s", n, atTheTime[n], later, want)
		}
	}
}

// ownerAt is whom a row about the address at an instant is attributed to.
func ownerAt(t *testing.T, facts map[string]model.Fact, at time.Time) string {
	t.Helper()
	var all []model.Fact
	for _, fact := range facts {
		all = append(all, fact)
	}
	index, err := attribution.NewIndex(all)
	if err != nil {
		t.Fatal(err)
	}
	flows, _ := attribution.Attribute(index, &attribution.Coverage{}, []attribution.ReportedRow{{
		Agent: model.AgentID{Cluster: "lab", Node: "node-b"},
		Row: model.FlowRow{
			Local: model.LocalEnd{Kind: model.LocalNode}, LocalAddr: netip.MustParseAddr("10.0.0.2"), RemoteAddr: netip.MustParseAddr("10.244.1.7"),
			Protocol: model.TCP, ServerPort: 80, WindowStart: at, WindowLength: 10 * time.Second, Sent: model.Counts{WireBytes: 1},
		},
	}})
	return flows[0].Key.Destination.ID()
}
