package kube

import (
	"net/netip"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/egressor/egressor/internal/kube/lifetimes"
	"github.com/egressor/egressor/internal/model"
)

// podSeen is what is kept of a pod: what its facts are made of.
type podSeen struct {
	fact  model.PodFact
	times lifetimes.Times
	meta  metav1.ObjectMeta // name, UID and owners
	at    time.Time         // when it was seen
	late  bool              // it has waited for its owners long enough
}

func seePod(cluster string, pod *corev1.Pod, at time.Time) *podSeen {
	return &podSeen{
		fact: model.PodFact{
			Cluster: cluster, Namespace: pod.Namespace, Name: pod.Name, Node: pod.Spec.NodeName,
			Addrs: podAddrs(pod), HostNetwork: pod.Spec.HostNetwork, Labels: pod.Labels, Phase: string(pod.Status.Phase),
		},
		times: podTimes(pod),
		meta:  metav1.ObjectMeta{Namespace: pod.Namespace, Name: pod.Name, UID: pod.UID, OwnerReferences: pod.OwnerReferences},
		at:    at,
	}
}

// podAddrs are all addresses that the node reports for a pod, of both families.
func podAddrs(pod *corev1.Pod) []netip.Addr {
	var addrs []netip.Addr
	for _, reported := range pod.Status.PodIPs {
		if addr, err := netip.ParseAddr(reported.IP); err == nil {
			addrs = append(addrs, addr.Unmap())
		}
	}
	if addr, err := netip.ParseAddr(pod.Status.PodIP); err == nil && len(addrs) == 0 {
		addrs = append(addrs, addr.Unmap())
	}
	return addrs
}

// podTimes reads the instants that a pod states. A pod between two runs of its
// containers (a crash loop) is not over: its sandbox and its address stay.
func podTimes(pod *corev1.Pod) lifetimes.Times {
	times := lifetimes.Times{Created: pod.CreationTimestamp.Time}
	if pod.Status.StartTime != nil {
		times.Accepted = pod.Status.StartTime.Time
	}
	for i := range pod.Status.Conditions {
		condition := &pod.Status.Conditions[i]
		if condition.Type == corev1.PodReadyToStartContainers && condition.Status == corev1.ConditionTrue {
			times.Network = condition.LastTransitionTime.Time
		}
	}
	running := false
	for _, statuses := range [][]corev1.ContainerStatus{
		pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses, pod.Status.EphemeralContainerStatuses,
	} {
		for i := range statuses {
			running = containerTimes(&statuses[i], &times) || running
		}
	}
	finished := pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
	stopping := pod.DeletionTimestamp != nil && len(pod.Status.ContainerStatuses) > 0
	times.Over = !running && (finished || stopping && !times.Finished.IsZero())
	if !times.Over {
		times.Finished = time.Time{}
	}
	return times
}

// containerTimes adds a container's instants, and reports whether it runs or will.
func containerTimes(status *corev1.ContainerStatus, times *lifetimes.Times) (running bool) {
	begun := func(at metav1.Time) {
		if !at.IsZero() && (times.Started.IsZero() || at.Time.Before(times.Started)) {
			times.Started = at.Time
		}
	}
	if last := status.LastTerminationState.Terminated; last != nil && status.RestartCount <= 1 {
		begun(last.StartedAt)
	}
	switch state := status.State; {
	case state.Running != nil:
		begun(state.Running.StartedAt)
		return true
	case state.Terminated != nil:
		begun(state.Terminated.StartedAt)
		if ended := state.Terminated.FinishedAt.Time; ended.After(times.Finished) {
			times.Finished = ended
		}
	}
	return false
}
