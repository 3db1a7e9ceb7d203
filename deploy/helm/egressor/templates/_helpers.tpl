{{- define "egressor.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- /* selector and labels take (dict "root" $ "component" "agent"). */ -}}
{{- define "egressor.selector" -}}
app.kubernetes.io/name: egressor
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "egressor.labels" -}}
{{ include "egressor.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- /* image takes (dict "root" $ "image" "egressor-agent" "digest" "..."). */ -}}
{{- define "egressor.image" -}}
{{- $image := .root.Values.image -}}
{{ $image.registry }}/{{ .image }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ $image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end }}

{{- /* embedded is "true" where a store runs inside graphsvc's pod, else empty. */ -}}
{{- define "egressor.embedded" -}}
{{- if or (not .Values.clickhouse.address) (not .Values.neo4j.uri) }}true{{ end -}}
{{- end }}

{{- /* server is where agents send. */ -}}
{{- define "egressor.server" -}}
{{- if .Values.agent.server }}{{ .Values.agent.server }}
{{- else if .Values.graphsvc.enabled }}{{ include "egressor.name" . }}-graphsvc.{{ .Release.Namespace }}.svc:4317
{{- else }}{{ fail "graphsvc.enabled is false: name the ingest that the agents send to in agent.server (HOST:PORT)" }}{{ end -}}
{{- end }}

{{- define "egressor.factsMap" -}}
{{- if .Values.facts.existingConfigMap }}{{ .Values.facts.existingConfigMap }}
{{- else if or .Values.facts.inventory .Values.facts.endpoints }}{{ include "egressor.name" . }}-facts{{ end -}}
{{- end }}

{{- /* metricsProbe is where kubelet asks an agent: on the node's loopback, or at the pod. */ -}}
{{- define "egressor.metricsProbe" -}}
{{- if and .Values.agent.hostNetwork (ne .Values.agent.metricsHost "0.0.0.0") }}host: {{ .Values.agent.metricsHost }}, {{ end }}port: metrics
{{- end }}

{{- /* podCommon is what every pod has; it takes (dict "root" $ "values" component's). */ -}}
{{- define "egressor.podCommon" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* nobody and locked are the security contexts of a pod and a container. */ -}}
{{- define "egressor.nobody" -}}
runAsNonRoot: true
runAsUser: 65534
runAsGroup: 65534
fsGroup: 65534
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "egressor.locked" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
