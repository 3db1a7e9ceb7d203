package kubetest

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

func uid(text string) types.UID { return types.UID(text) }

// named is the metadata of an object of namespace shop.
func named(name string, annotations map[string]string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Namespace: "shop", Name: name, Annotations: annotations}
}

// owned is the metadata of an object that another controls.
func owned(name, version, kind string, by metav1.Object) metav1.ObjectMeta {
	meta, controls := named(name, nil), true
	meta.OwnerReferences = []metav1.OwnerReference{{APIVersion: version, Kind: kind, Name: by.GetName(), UID: by.GetUID(), Controller: &controls}}
	return meta
}

func newPod(meta metav1.ObjectMeta, node string) *corev1.Pod {
	none := false
	return &corev1.Pod{ObjectMeta: meta, Spec: corev1.PodSpec{
		NodeName: node, AutomountServiceAccountToken: &none, Containers: []corev1.Container{{Name: "main", Image: "image"}},
	}}
}

// setRunning is what a kubelet reports of a pod whose container has started.
func setRunning(pod *corev1.Pod, started time.Time, addrs ...string) {
	at := metav1.NewTime(started)
	pod.Status.Phase, pod.Status.PodIP, pod.Status.PodIPs = corev1.PodRunning, addrs[0], nil
	for _, addr := range addrs {
		pod.Status.PodIPs = append(pod.Status.PodIPs, corev1.PodIP{IP: addr})
	}
	if pod.Status.StartTime == nil {
		pod.Status.StartTime = &at
		pod.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReadyToStartContainers, Status: corev1.ConditionTrue, LastTransitionTime: at}}
	}
	restarts := int32(0)
	if len(pod.Status.ContainerStatuses) > 0 {
		restarts = pod.Status.ContainerStatuses[0].RestartCount + 1
	}
	pod.Status.ContainerStatuses = []corev1.ContainerStatus{{
		Name: "main", Image: "image", RestartCount: restarts, State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: at}},
	}}
}

// setEnded is what a kubelet reports of a pod whose container has ended for good.
func setEnded(pod *corev1.Pod, phase corev1.PodPhase, started, ended time.Time) {
	pod.Status.Phase = phase
	pod.Status.ContainerStatuses = []corev1.ContainerStatus{{
		Name: "main", Image: "image",
		State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{StartedAt: metav1.NewTime(started), FinishedAt: metav1.NewTime(ended)}},
	}}
}

// read fills an object with what the API server has under its name.
func (c *Client) read(o object) {
	version, resource := plural(o)
	c.retry(func(ctx context.Context) error {
		return c.clients[version].Get().Resource(resource).NamespaceIfScoped(o.GetNamespace(), o.GetNamespace() != "").Name(o.GetName()).Do(ctx).Into(o)
	})
}
