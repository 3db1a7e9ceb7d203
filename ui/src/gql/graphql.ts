/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** In which way a series deviates. */
export type AnomalyKind =
  /** Far less than usual: part of an incident, never one by itself. */
  | 'FALL'
  /** A large one-way outflow to the outside. */
  | 'LEAK_LIKE'
  /** A destination outside that the workload never had. */
  | 'NEW_DESTINATION'
  /** Two ends that never talked before. */
  | 'NEW_EDGE'
  /** As many bytes, by a dearer way. */
  | 'PATH_CHANGE'
  /** As many bytes by the same way, at another price or tier. */
  | 'PRICE_CHANGE'
  /** Hour after hour more than the season says. */
  | 'SLOW_BURN'
  /** Far more than usual, for less than half an hour so far. */
  | 'SPIKE'
  /** Far more than usual, and it stays. */
  | 'STEP';

/** Which state of knowledge to answer from. Exactly one field is set. */
export type AsOf =
  {   /** The version that people named so with `tagVersion`. */
  tag: string; time?: never; version?: never; }
  |  { tag?: never;   /** The newest version committed at or before this moment. */
  time: string; version?: never; }
  |  { tag?: never; time?: never;   /** The version itself. */
  version: number; };

/** How one version of Egressor stands to another. */
export type BuildRelation =
  | 'NEWER'
  | 'OLDER'
  /** Two that are in no order, such as commits without a tag. */
  | 'OTHER'
  | 'SAME'
  /** One of them does not say which it is. */
  | 'UNKNOWN';

/** What became of a group or a node. */
export type ChangeKind =
  /** Other bytes, cost or number of transfers. */
  | 'CHANGED'
  /** Something before, nothing after. */
  | 'GONE'
  /** Nothing before, something after. */
  | 'NEW';

/** What can be decided. */
export type DecisionAction =
  | 'ACCEPTED'
  | 'ACKNOWLEDGED'
  | 'DISMISSED'
  | 'REOPENED'
  | 'RESOLVED';

/** What is known of a node that may depend on another one. */
export type Dependence =
  /** It calls what was asked about, or calls those that do: who opened the connections was seen all the way, within the hops asked for. */
  | 'OBSERVED'
  /** Each way has a link of which nobody knows who opened its connections: the node may depend on what was asked about, or be depended on by it. */
  | 'UNKNOWN';

/** What transfers are grouped by. Each puts every transfer into exactly one group. */
export type Dimension =
  /** The receiving node. */
  | 'DESTINATION'
  | 'DESTINATION_NAMESPACE'
  /** The team that the receiving rollout revision names. */
  | 'DESTINATION_TEAM'
  | 'NAMESPACE_PAIR'
  /** Sending and receiving node. */
  | 'PAIR'
  /** The way the bytes take, with its gateway or endpoint. */
  | 'PATH'
  /** The sending node. */
  | 'SOURCE'
  | 'SOURCE_NAMESPACE'
  /** The team that the sending rollout revision names. */
  | 'SOURCE_TEAM'
  | 'TEAM_PAIR'
  /** One row per transfer. */
  | 'TRANSFER'
  /** Zone ids of both ends. */
  | 'ZONE_PAIR';

/**
 * Something outside, by its addresses or DNS names, as a person states it. Like an entry of the endpoint file (docs/formats/endpoints.md), which
 * it stands beside: of what is known of an address the longest prefix wins, and of equal ones what people state.
 */
export type EndpointInput = {
  /** Account, subscription or project, empty where not known. */
  account?: string;
  /** Address ranges as CIDR, or single addresses; at most 500. Either these or `hosts` are needed. */
  cidrs?: Array<string>;
  /** What kind of thing it is, for example on-premises, s3 or a word of one's own. */
  class: string;
  /**
   * DNS names without scheme, port or wildcard, at most 100. Each is asked for every minute; an address that it answers with
   * is the endpoint's from the moment it was heard until an hour after it was heard last.
   */
  hosts?: Array<string>;
  /** Display name. Class, region and name are its identity. */
  name: string;
  /** The network in which the addresses are meant, where they are private ones that mean something else in another. */
  network?: string;
  /** aws, gcp, azure or a name; empty where it is nobody's cloud. */
  provider?: string;
  /** Region that it is in, empty for none. */
  region?: string;
  /** Who owns it, empty for nobody. */
  team?: string;
  /** Zone id, empty where it is in none. */
  zone?: string;
};

/** What kind of thing a node of the graph is. */
export type EntityKind =
  /** Something outside: a cloud service, an internet host, an on-premises range. */
  | 'CLOUD_ENDPOINT'
  /** A machine's own processes. */
  | 'NODE'
  /** Ends that could not be identified; the type says why. */
  | 'UNKNOWN'
  /** A workload: the stable thing a person owns, such as a Deployment. */
  | 'WORKLOAD';

/** What kind of word a completion is. */
export type FilterCompletionKind =
  /** and, or, not */
  | 'CONNECTIVE'
  /** A field, or the side before one. */
  | 'FIELD'
  /** An operator, with its field. */
  | 'OPERATOR'
  /** A value. */
  | 'VALUE';

/** How the rest of a month was forecast. */
export type ForecastMethod =
  /** By the median of each hour of the day. */
  | 'HOUR_OF_DAY'
  /** By the median of each hour of the week: from two measured weeks on. */
  | 'HOUR_OF_WEEK'
  /** Not at all: too little is measured. `unknown` says how much it takes. */
  | 'NONE';

/** What people made of an incident. */
export type IncidentState =
  /** Somebody looks into it. */
  | 'ACKNOWLEDGED'
  /** Nobody said anything of it, or it was reopened. */
  | 'OPEN'
  /** Nothing more is to be done. */
  | 'RESOLVED';

/** Which end opened the connections. */
export type Initiator =
  /** The receiver opened it: a response. */
  | 'DESTINATION'
  /** The sender opened the connection: a request. */
  | 'SOURCE'
  | 'UNKNOWN';

/** Why an investigation was made. */
export type InvestigationOccasion =
  /** Somebody asked. */
  | 'ASKED'
  /** The likeliest cause of an incident became another. */
  | 'CAUSE_CHANGED'
  /** An incident was over. */
  | 'ENDED'
  /** An incident was first worth one: it costs enough a day, or is a risk. */
  | 'OPENED';

/** Whether an investigation runs. */
export type InvestigationState =
  | 'DONE'
  /** It broke off: `failure` says why. */
  | 'FAILED'
  | 'RUNNING';

/** What people made of a recommendation. */
export type RecommendationState =
  /** It will be followed. */
  | 'ACCEPTED'
  /** It will not be followed. */
  | 'DISMISSED'
  /** Nobody said anything of it, it was reopened, or the time of its dismissal is over. */
  | 'OPEN';

/** What the lines of a statement are grouped by. Those of workload, deployment, team and namespace are of whom the charge is shown to. */
export type StatementDimension =
  /** The account whose bill has the line, empty where not known. */
  | 'ACCOUNT'
  /** Usage type as on the provider's bill, empty for what no bill mentions. */
  | 'CHARGE_CODE'
  /** Start of the day, RFC 3339, UTC. */
  | 'DAY'
  /** Rollout revision id, empty for what has none. */
  | 'DEPLOYMENT'
  /** Id of the cloud endpoint at either end, empty between workloads. */
  | 'ENDPOINT'
  /** Start of the hour, RFC 3339, UTC. */
  | 'HOUR'
  /** Empty for what has none. */
  | 'NAMESPACE'
  /** The way the bytes take, with its gateway. */
  | 'PATH'
  /** Empty where nobody is known to own it. */
  | 'TEAM'
  /** A node's id; `g/NAME` for a gateway; `idle` for hours in which nobody used one; empty where it is not known. */
  | 'WORKLOAD'
  /** Zone ids, as FROM -> TO. */
  | 'ZONE_PAIR';

/** Keeps the charges with one value in a dimension, as a line's `group` gives it. */
export type StatementFilter = {
  /** In which dimension. */
  dimension: StatementDimension;
  /** The value. */
  value: string;
};

/** To whom a charge is shown. Both views add up to the same total. */
export type StatementView =
  /** Who opened the connection and so asked for the data, whichever end is billed for it. Unknown where nobody saw who did. */
  | 'CAUSER'
  /** Whom the cloud bills: the sending end, the receiving end, or the gateway in between. */
  | 'PAYER';

/** By what transfers are ranked, the most first. */
export type TransferOrder =
  | 'BYTES'
  | 'COST';

/** How a saving compares with what was predicted. */
export type VerdictState =
  /** At least nine tenths of the prediction. */
  | 'EFFECTIVE'
  /** Too few minutes since the change. */
  | 'MEASURING'
  /** Less than that. */
  | 'NOT_EFFECTIVE'
  /** Nothing moved since that it could have saved on. */
  | 'NO_TRAFFIC'
  /** At least a tenth of it. */
  | 'PARTLY_EFFECTIVE';

/** Why a version was made. */
export type VersionKind =
  /** Old minutes merged; totals unchanged. */
  | 'COMPACT'
  /** A minute folded for the first time. */
  | 'FOLD'
  /** A minute folded again with late or corrected data. */
  | 'REFOLD'
  /** The same transfers under another price book. */
  | 'REPRICE';

/** How the watch of a resource fares. */
export type WatchState =
  /** The cluster does not have the resource: nothing is missing. */
  | 'ABSENT'
  /** The cluster's access rules do not allow it. */
  | 'DENIED'
  /** It answers with an error. */
  | 'FAILING'
  /** It has just begun. */
  | 'STARTING'
  /** The API server does not answer. */
  | 'UNREACHABLE'
  | 'WATCHING';

/** Which traffic to look at, and as known when. */
export type Window = {
  /** Default: the newest version. */
  asOf?: AsOf | null | undefined;
  /**
   * Keep the transfers that this means, in the filter language of docs/filter.md: `namespace=shop path=nat bytes>1GB`.
   * Totals, rests and series are then of these alone. Fields that tell of no transfers refuse it with BAD_INPUT.
   */
  filter?: string | null | undefined;
  /** First minute, included. Default: 60 minutes before `to`. */
  from?: string | null | undefined;
  /** End of the window, excluded. Default: the end of the newest folded minute. */
  to?: string | null | undefined;
};

export type SaveEndpointMutationVariables = Exact<{
  endpoint: EndpointInput;
  note: string;
}>;


export type SaveEndpointMutation = { saveEndpoint: { id: string } };

export type EndEndpointMutationVariables = Exact<{
  id: string | number;
}>;


export type EndEndpointMutation = { endEndpoint: { id: string } };

export type PutOverlayMutationVariables = Exact<{
  text: string;
  from: string;
  note: string;
}>;


export type PutOverlayMutation = { putPriceOverlay: { name: string } };

export type WithdrawOverlayMutationVariables = Exact<{
  name: string | number;
}>;


export type WithdrawOverlayMutation = { withdrawPriceOverlay: string };

export type SaveViewMutationVariables = Exact<{
  name: string;
  state: string;
  shared: boolean;
}>;


export type SaveViewMutation = { saveView: { id: string } };

export type DeleteViewMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteViewMutation = { deleteView: string };

export type AcknowledgeMutationVariables = Exact<{
  id: string | number;
  note: string;
}>;


export type AcknowledgeMutation = { acknowledgeIncident: { id: string, state: IncidentState } };

export type ResolveMutationVariables = Exact<{
  id: string | number;
  note: string;
}>;


export type ResolveMutation = { resolveIncident: { id: string, state: IncidentState } };

export type ReopenIncidentMutationVariables = Exact<{
  id: string | number;
  note: string;
}>;


export type ReopenIncidentMutation = { reopenIncident: { id: string, state: IncidentState } };

export type AcceptMutationVariables = Exact<{
  id: string | number;
  note: string;
}>;


export type AcceptMutation = { acceptRecommendation: { id: string, state: RecommendationState } };

export type DismissMutationVariables = Exact<{
  id: string | number;
  reason: string;
}>;


export type DismissMutation = { dismissRecommendation: { id: string, state: RecommendationState } };

export type ReopenSavingMutationVariables = Exact<{
  id: string | number;
  note: string;
}>;


export type ReopenSavingMutation = { reopenRecommendation: { id: string, state: RecommendationState } };

export type StatementQueryVariables = Exact<{
  window: Window;
  groupBy: Array<StatementDimension> | StatementDimension;
  view: StatementView;
  first: number;
}>;


export type StatementQuery = { statement: { currency: string, pricingModes: Array<string>, lines: Array<{ group: Array<string>, sum: { shown: string, standingShown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string, nano: number | string }, standing: { amount: string, currency: string, nano: number | string } } }>, rest: { lines: number, shown: string, standingShown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string }, standing: { amount: string, currency: string } }, total: { shown: string, standingShown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string }, standing: { amount: string, currency: string } }, own: { amount: { amount: string, currency: string } }, standing: Array<{ name: string, code: string, units: number | string, unitName: string, bytes: number | string, priceRow: string, assumed: string, unpricedReason: string, cost: { amount: string, currency: string, nano: number | string }, idle: { amount: string, currency: string, nano: number | string } }> } };

export type WaysOfMoneyQueryVariables = Exact<{
  window: Window;
  groupBy: Array<StatementDimension> | StatementDimension;
  view: StatementView;
  first: number;
}>;


export type WaysOfMoneyQuery = { statement: { currency: string, lines: Array<{ group: Array<string>, sum: { amount: { amount: string, currency: string } } }>, rest: { lines: number, shown: string }, total: { amount: { amount: string } } } };

export type ForecastQueryVariables = Exact<{
  window: Window;
}>;


export type ForecastQuery = { forecast: { from: string, through: string, to: string, missingMinutes: number, historyHours: number, method: ForecastMethod, unknown: string, assumptions: Array<string>, toDate: { amount: string, currency: string }, expected: { amount: string, currency: string } | null, low: { amount: string, currency: string } | null, high: { amount: string, currency: string } | null } };

export type StatementLineQueryVariables = Exact<{
  window: Window;
  where: Array<StatementFilter> | StatementFilter;
  groupBy: Array<StatementDimension> | StatementDimension;
  view: StatementView;
}>;


export type StatementLineQuery = { statement: { lines: Array<{ charges: Array<{ payer: string, code: string, operation: string, rule: string, tier: string, bytes: number | string, unitBytes: number | string, priceRow: string, priceSource: string, pathAssumed: boolean, unpricedReason: string, rate: { amount: string, currency: string }, amount: { amount: string, currency: string, nano: number | string } }>, transfers: Array<{ id: string, sourceName: string, destinationName: string, path: string, billedBytes: number | string, amount: { amount: string, currency: string, nano: number | string }, standing: { amount: string, currency: string, nano: number | string } }> }> } };

export type ToDoQueryVariables = Exact<{ [key: string]: never; }>;


export type ToDoQuery = { incidents: { edges: Array<{ node: { id: string, title: string, since: string, until: string | null, state: IncidentState, impactPerDay: { amount: string, currency: string, nano: number | string } } }> }, recommendations: Array<{ id: string, title: string, state: RecommendationState, monthly: { amount: string, currency: string, nano: number | string } }> };

export type InsightsAboutQueryVariables = Exact<{ [key: string]: never; }>;


export type InsightsAboutQuery = { incidents: { edges: Array<{ node: { id: string, title: string, since: string, until: string | null, impactPerDay: { amount: string, currency: string }, anomalies: Array<{ source: string | null, destination: string | null }>, findings: Array<{ entity: string | null }> } }> }, recommendations: Array<{ id: string, title: string, state: RecommendationState, entities: Array<string>, monthly: { amount: string, currency: string } }> };

export type ReconciliationsQueryVariables = Exact<{ [key: string]: never; }>;


export type ReconciliationsQuery = { reconciliations: Array<{ name: string, problem: string, month: string, minutes: number, foldedMinutes: number, machines: number, unnamed: Array<string>, unnamedCount: number, explainedBytes: string, explainedCost: string, billed: { bytes: number | string, cost: { amount: string, currency: string, nano: number | string } } | null, counted: { bytes: number | string, cost: { amount: string, currency: string, nano: number | string } } | null, explained: { bytes: number | string, cost: { amount: string, currency: string, nano: number | string } } | null, codes: Array<{ account: string, region: string, code: string, notBilledBytes: number | string, billed: { bytes: number | string, cost: { amount: string, currency: string, nano: number | string } }, counted: { bytes: number | string, cost: { amount: string, currency: string, nano: number | string } }, explained: { bytes: number | string, cost: { amount: string, currency: string, nano: number | string } }, outOfSight: { bytes: number | string, cost: { amount: string, currency: string, nano: number | string } }, unexplained: { bytes: number | string, cost: { amount: string, currency: string, nano: number | string } } }>, findings: Array<{ kind: string, name: string, account: string, region: string, code: string, days: number, bytes: number | string, percent: string, cost: { amount: string, currency: string, nano: number | string } }> }> };

export type SumOfBillFragment = { bytes: number | string, cost: { amount: string, currency: string, nano: number | string } };

export type HeadQueryVariables = Exact<{
  asOf?: AsOf | null | undefined;
}>;


export type HeadQuery = { meta: { lagSeconds: number, lostBytes: number | string | null, lab: boolean, version: { number: number, kind: VersionKind, from: string, to: string, digest: string, bytes: number | string | null, unknownBytes: number | string | null, unpricedBytes: number | string | null, committedAt: string, cost: { currency: string } | null } } | null, transfers: { window: { to: string } } };

export type OverviewQueryVariables = Exact<{
  window: Window;
  before: Window;
}>;


export type OverviewQuery = { paths: { standing: Array<{ name: string, code: string, bytes: number | string, unpricedReason: string, cost: { amount: string, currency: string } }>, lines: Array<{ group: Array<string>, sum: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } } }>, rest: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } }, total: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } } }, causers: { lines: Array<{ group: Array<string>, sum: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } } }>, rest: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } }, total: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } } }, codes: { lines: Array<{ group: Array<string>, sum: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } } }>, rest: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } }, total: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } } }, diff: { before: { window: { minutes: number, foldedMinutes: number | null } }, after: { window: { minutes: number, foldedMinutes: number | null } }, total: { costChange: { amount: string, currency: string }, before: { cost: { amount: string, currency: string } }, after: { bytes: number | string, cost: { amount: string, currency: string } } }, rows: Array<{ change: ChangeKind, group: Array<string>, bytesChange: number | string, costChange: { amount: string, currency: string } }> } };

export type LinesOfStatementFragment = { lines: Array<{ group: Array<string>, sum: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } } }>, rest: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } }, total: { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } } };

export type SumOfStatementFragment = { lines: number, shown: string, billedBytes: number | string, unpricedBytes: number | string, amount: { amount: string, currency: string } };

export type IncidentsQueryVariables = Exact<{
  first: number;
}>;


export type IncidentsQuery = { incidents: { edges: Array<{ node: { id: string, kind: AnomalyKind, title: string, since: string, until: string | null, conclusion: string, state: IncidentState, impact: { amount: string, currency: string, nano: number | string }, impactPerDay: { amount: string, currency: string, nano: number | string } } }> } };

export type IncidentQueryVariables = Exact<{
  id: string | number;
}>;


export type IncidentQuery = { incident: { id: string, kind: AnomalyKind, title: string, since: string, detected: string, until: string | null, through: string | null, conclusion: string, version: number, state: IncidentState, decisions: Array<{ action: DecisionAction, by: string, at: string, note: string }>, impact: { amount: string, currency: string }, impactPerDay: { amount: string, currency: string }, impactPerDayRange: { percent: number, low: { amount: string, currency: string }, high: { amount: string, currency: string } } | null, parts: { through: string | null, change: { amount: string, currency: string }, volume: { amount: string, currency: string }, path: { amount: string, currency: string }, price: { amount: string, currency: string }, tier: { amount: string, currency: string }, remainder: { amount: string, currency: string } }, anomalies: Array<{ scope: string, kind: AnomalyKind, basis: string, since: string, until: string | null, filter: string | null, minutes: number | null, cost: { amount: string, currency: string }, expectedCost: { amount: string, currency: string } }>, findings: Array<{ kind: string, subject: string, at: string | null, for: Array<string>, against: Array<string>, score: number, confidence: string, explains: { amount: string, currency: string } }>, remedy: { action: string, command: string | null, undo: string, undoCommand: string | null }, investigations: Array<{ id: string, occasion: InvestigationOccasion, by: string, engine: string, state: InvestigationState, startedAt: string, version: number | null, answer: string, failure: string, steps: Array<string>, unproven: Array<string> }> } | null };

export type SavingsQueryVariables = Exact<{ [key: string]: never; }>;


export type SavingsQuery = { recommendations: Array<{ id: string, kind: string, title: string, from: string, to: string, minutes: number, bytes: number | string, breakEvenBytes: number | string | null, why: Array<string>, assumptions: Array<string>, warnings: Array<string>, check: string, entities: Array<string>, state: RecommendationState, decisions: Array<{ action: DecisionAction, by: string, at: string, note: string, until: string | null }>, monthly: { amount: string, currency: string }, low: { amount: string, currency: string }, high: { amount: string, currency: string }, saving: { amount: string, currency: string }, before: { amount: string, currency: string }, after: { amount: string, currency: string }, apply: Array<{ tool: string, text: string }>, undo: Array<{ tool: string, text: string }> }>, verdicts: Array<{ recommendation: string, kind: string, title: string, applied: string, evidence: string, state: VerdictState, summary: string, reasons: Array<string>, entities: Array<string>, from: string, to: string, minutes: number, predicted: { amount: string, currency: string }, realised: { amount: string, currency: string } }> };

export type GraphQueryVariables = Exact<{
  window: Window;
  limit: number;
  nodes: number;
}>;


export type GraphQuery = { graph: { restNodes: number, version: { number: number } | null, window: { from: string, to: string }, nodes: Array<{ id: string, kind: EntityKind, name: string, namespace: string, type: string, cluster: string, regions: Array<string>, zones: Array<string>, x: number, y: number, bytesOut: number | string, bytesIn: number | string, cost: { amount: string, currency: string, nano: number | string } }>, transfers: Array<{ id: string, source: string, destination: string, sourceName: string, destinationName: string, sourceRevision: string, destinationRevision: string, sourceZone: string, destinationZone: string, sourceRegion: string, destinationRegion: string, serverPort: number, protocol: string, initiator: Initiator, path: string, via: string, pathAssumed: boolean, bytes: number | string, cost: { amount: string, currency: string, nano: number | string } }>, total: { transfers: number, bytes: number | string, cost: { amount: string, currency: string } }, rest: { transfers: number, bytes: number | string, cost: { amount: string, currency: string } } } };

export type DiffQueryVariables = Exact<{
  before: Window;
  after: Window;
  groupBy: Dimension;
  orderBy: TransferOrder;
  limit: number;
}>;


export type DiffQuery = { diff: { before: { window: { from: string, to: string, minutes: number, foldedMinutes: number | null } }, after: { window: { from: string, to: string, minutes: number, foldedMinutes: number | null } }, total: { rows: number, bytesChange: number | string, costChange: { amount: string, currency: string }, before: { bytes: number | string, cost: { amount: string, currency: string } }, after: { bytes: number | string, cost: { amount: string, currency: string } } }, appeared: { rows: number, bytesChange: number | string, costChange: { amount: string, currency: string }, before: { bytes: number | string, cost: { amount: string, currency: string } }, after: { bytes: number | string, cost: { amount: string, currency: string } } }, disappeared: { rows: number, bytesChange: number | string, costChange: { amount: string, currency: string }, before: { bytes: number | string, cost: { amount: string, currency: string } }, after: { bytes: number | string, cost: { amount: string, currency: string } } }, changed: { rows: number, bytesChange: number | string, costChange: { amount: string, currency: string }, before: { bytes: number | string, cost: { amount: string, currency: string } }, after: { bytes: number | string, cost: { amount: string, currency: string } } }, unchanged: { rows: number, bytesChange: number | string, costChange: { amount: string, currency: string }, before: { bytes: number | string, cost: { amount: string, currency: string } }, after: { bytes: number | string, cost: { amount: string, currency: string } } }, rest: { rows: number, bytesChange: number | string, costChange: { amount: string, currency: string }, before: { bytes: number | string, cost: { amount: string, currency: string } }, after: { bytes: number | string, cost: { amount: string, currency: string } } }, rows: Array<{ change: ChangeKind, group: Array<string>, bytesChange: number | string, before: { bytes: number | string, cost: { amount: string, currency: string } }, after: { bytes: number | string, cost: { amount: string, currency: string } }, costChange: { amount: string, currency: string, nano: number | string }, transfer: { id: string, source: string, destination: string, sourceName: string, destinationName: string, serverPort: number, protocol: string, path: string, via: string, pathAssumed: boolean, sourceZone: string, destinationZone: string } | null }> } };

export type SumOfDiffFragment = { rows: number, bytesChange: number | string, costChange: { amount: string, currency: string }, before: { bytes: number | string, cost: { amount: string, currency: string } }, after: { bytes: number | string, cost: { amount: string, currency: string } } };

export type TotalsQueryVariables = Exact<{
  window: Window;
}>;


export type TotalsQuery = { totals: Array<{ minute: string, bytes: number | string, cost: { amount: string, currency: string, nano: number | string } }> };

export type KnownQueryVariables = Exact<{
  window: Window;
}>;


export type KnownQuery = { graph: { window: { minutes: number, foldedMinutes: number | null } } };

export type EntityQueryVariables = Exact<{
  id: string | number;
  window: Window;
}>;


export type EntityQuery = { entity: { window: { from: string, to: string }, version: { number: number } | null, entity: { id: string, kind: EntityKind, name: string, namespace: string, type: string, cluster: string, regions: Array<string>, zones: Array<string>, bytesOut: number | string, bytesIn: number | string, cost: { amount: string, currency: string } }, transfers: Array<{ id: string, source: string, destination: string, sourceName: string, destinationName: string, serverPort: number, protocol: string, path: string, via: string, pathAssumed: boolean, bytes: number | string, cost: { amount: string, currency: string, nano: number | string } }>, deployments: Array<{ id: string, hash: string, revision: number, images: Array<string>, rolledOutAt: string | null, changedBy: string, cause: string, gitCommit: string }>, series: Array<{ minute: string, bytes: number | string, cost: { amount: string, currency: string, nano: number | string } }> } | null };

export type PathsQueryVariables = Exact<{
  from: string | number;
  to: string | number;
  window: Window;
}>;


export type PathsQuery = { paths: { whole: boolean, paths: Array<{ bytes: number | string, zoneCrossings: number, cost: { amount: string, currency: string }, hops: Array<{ bytes: number | string, crossZoneBytes: number | string, transfers: number, transferIds: Array<string>, from: { id: string, name: string }, to: { id: string, name: string }, cost: { amount: string, currency: string } }> }> } };

export type TeamsQueryVariables = Exact<{
  window: Window;
}>;


export type TeamsQuery = { statement: { lines: Array<{ group: Array<string> }> } };

export type DependentsQueryVariables = Exact<{
  id: string | number;
  window: Window;
}>;


export type DependentsQuery = { blastRadius: { left: number, leftCost: { amount: string, currency: string }, nodes: Array<{ hops: number, dependence: Dependence | null, bytes: number | string, cost: { amount: string, currency: string }, node: { id: string, name: string }, through: { id: string, name: string } | null }> } };

export type TransferQueryVariables = Exact<{
  id: string | number;
  window: Window;
}>;


export type TransferQuery = { transfer: { window: { from: string, to: string }, version: { number: number, priceBook: string, digest: string } | null, transfer: { id: string, source: string, destination: string, sourceName: string, destinationName: string, sourceRevision: string, destinationRevision: string, serverPort: number, protocol: string, initiator: Initiator, sourceZone: string, destinationZone: string, sourceRegion: string, destinationRegion: string, sourceAccount: string, destinationAccount: string, sourceNetwork: string, destinationNetwork: string, path: string, via: string, pathAssumed: boolean, bytes: number | string, payloadBytes: number | string, packets: number | string, retransmittedPackets: number | string, connections: number | string, rttMicros: number | null, checkBytes: number | string | null, cost: { amount: string, currency: string, display: string } }, series: Array<{ minute: string, bytes: number | string, cost: { amount: string, currency: string, nano: number | string } }>, charges: Array<{ payer: string, code: string, operation: string, rule: string, tier: string, bytes: number | string, unitBytes: number | string, priceRow: string, priceSource: string, pathAssumed: boolean, unpricedReason: string, rate: { amount: string, currency: string }, amount: { amount: string, currency: string } }>, flows: Array<{ windowStart: string, windowSeconds: number, agent: string, localKind: string, localId: string, localAddress: string, remoteAddress: string, virtualAddress: string | null, serverPort: number, protocol: string, role: string, sentBytes: number | string, receivedBytes: number | string, connections: number, batch: string }> } | null };

export type VersionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type VersionsQuery = { versions: { edges: Array<{ node: { number: number, kind: VersionKind, from: string, to: string, digest: string, previousDigest: string, inputDigest: string, factsDigest: string, priceBook: string, codeVersion: string, nodes: number | null, transfers: number | null, bytes: number | string | null, unknownBytes: number | string | null, unpricedBytes: number | string | null, committedAt: string, cost: { amount: string, currency: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ExplainQueryVariables = Exact<{
  transfer: string | number;
  window: Window;
}>;


export type ExplainQuery = { explain: { minutes: Array<{ minute: string, version: number, bytes: number | string, pairs: Array<{ source: string, destination: string, serverPort: number, choiceText: string, reports: Array<{ taken: boolean, bySender: boolean, bytes: number | string, pathText: string, pathGap: string, service: string, flow: { agent: string, batch: string, windowStart: string }, source: { ruleText: string }, destination: { ruleText: string } }> }>, facts: Array<{ kind: string, key: string, source: string, from: string | null, text: string, recordedAt: string | null }> }> } | null };

export type StatusQueryVariables = Exact<{ [key: string]: never; }>;


export type StatusQuery = { serviceVersion: string, meta: { lagSeconds: number, lostBytes: number | string | null, lab: boolean, version: { number: number, kind: VersionKind, from: string, to: string, bytes: number | string | null, unknownBytes: number | string | null, unpricedBytes: number | string | null, priceBook: string, codeVersion: string, digest: string, committedAt: string } } | null, agents: Array<{ cluster: string, node: string, mode: string, version: string, build: BuildRelation, coveredThrough: string, lastBatchAt: string, lostBytes: number | string | null }>, coverage: Array<{ cluster: string, node: string, minutes: Array<{ full: boolean }> }>, watches: Array<{ name: string, server: string, clockSkewSeconds: number, resources: Array<{ resource: string, state: WatchState, gap: boolean, message: string, since: string, heard: string | null, objects: number, lists: number, neededFor: string }> }> };

export type InvestigatorQueryVariables = Exact<{ [key: string]: never; }>;


export type InvestigatorQuery = { investigator: { engine: string, model: string, notice: string, suggestions: Array<string> } };

export type VersionCommittedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type VersionCommittedSubscription = { versionCommitted: { number: number, to: string } };

export type AskPreviewQueryVariables = Exact<{
  question: string;
  conversation?: string | number | null | undefined;
}>;


export type AskPreviewQuery = { askPreview: string };

export type AskSubscriptionVariables = Exact<{
  question: string;
  conversation?: string | number | null | undefined;
}>;


export type AskSubscription = { ask:
    | { __typename: 'ChatCause', text: string, reference: string, call: string }
    | { __typename: 'ChatDone', conversation: string, version: number | null, unproven: Array<string>, inputTokens: number, outputTokens: number, costUsd: string | null }
    | { __typename: 'ChatFailed', code: string, message: string, hint: string }
    | { __typename: 'ChatFigure', text: string, reference: string, exact: string, unit: string, version: number | null, call: string, path: string, calculation: string, by: string, window: { from: string, to: string } | null }
    | { __typename: 'ChatText', text: string }
    | { __typename: 'ChatToolCall', id: string, name: string, input: string, result: string | null, error: string | null }
    | { __typename: 'ChatUnproven', text: string, why: string }
   };

export type SavedCypherQueryVariables = Exact<{ [key: string]: never; }>;


export type SavedCypherQuery = { savedCypher: Array<{ name: string, title: string, statement: string, parameters: Array<{ name: string, meaning: string, default: unknown }> }> };

export type CypherQueryVariables = Exact<{
  query: string;
  params?: unknown;
  window?: Window | null | undefined;
  limit: number;
}>;


export type CypherQuery = { cypher: { columns: Array<string>, rows: Array<Array<unknown>>, more: boolean, estimatedRows: number, nodes: Array<{ element: string, labels: Array<string>, properties: unknown }>, relationships: Array<{ element: string, start: string, end: string, type: string, properties: unknown }> } };

export type FlowsQueryVariables = Exact<{
  id: string | number;
  window: Window;
  first: number;
}>;


export type FlowsQuery = { transfer: { window: { from: string, to: string }, transfer: { sourceName: string, destinationName: string, bytes: number | string }, flows: Array<{ windowStart: string, windowSeconds: number, agent: string, localKind: string, localId: string, localAddress: string, remoteAddress: string, virtualAddress: string | null, virtualPort: number | null, serverPort: number, protocol: string, role: string, sentBytes: number | string, receivedBytes: number | string, sentPayloadBytes: number | string, receivedPayloadBytes: number | string, sentPackets: number | string, receivedPackets: number | string, connections: number, batch: string }> } | null };

export type SettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsQuery = { meta: { version: { priceBook: string, pricingMode: string } } | null, investigator: { engine: string, model: string, notice: string }, limits: { seconds: number, windowMinutes: number, transfers: number, flowRows: number, complexity: number, depth: number, bodyBytes: number | string, documentsOnly: boolean } };

export type StatedQueryVariables = Exact<{ [key: string]: never; }>;


export type StatedQuery = { statedEndpoints: Array<{ id: string, class: string, name: string, cidrs: Array<string>, hosts: Array<string>, provider: string, region: string, zone: string, network: string, account: string, team: string, from: string, to: string | null, by: string, at: string | null, note: string, endedBy: string, endedAt: string | null }>, priceOverlays: Array<{ name: string, text: string, from: string, by: string, at: string, note: string }> };

export type ViewsQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewsQuery = { views: Array<{ id: string, name: string, state: string, shared: boolean, owner: string, mine: boolean, savedAt: string }> };

export type FilterCompletionsQueryVariables = Exact<{
  text: string;
  cursor: number;
  window: Window;
}>;


export type FilterCompletionsQuery = { filterCompletions: { canonical: string | null, from: number, to: number, problem: { message: string, hint: string } | null, completions: Array<{ text: string, kind: FilterCompletionKind, doc: string }> } };

export type WhatIfQueryVariables = Exact<{
  recommendation: string | number;
}>;


export type WhatIfQuery = { whatIf: { withdrawn: boolean, edgesKnown: boolean, recommendation: { id: string, kind: string, title: string, from: string, to: string, minutes: number, why: Array<string>, assumptions: Array<string>, warnings: Array<string>, monthly: { amount: string, currency: string }, low: { amount: string, currency: string }, high: { amount: string, currency: string } }, monthlyBefore: { amount: string, currency: string }, monthlyAfter: { amount: string, currency: string }, hoursBefore: { amount: string, currency: string }, hoursAfter: { amount: string, currency: string }, shifts: Array<{ id: string, source: string, destination: string, sourceName: string, destinationName: string, serverPort: number, protocol: string, sourceZone: string, destinationZone: string, sourceRegion: string, destinationRegion: string, path: string, via: string, joins: boolean, before: { bytes: number | string, monthly: { amount: string, currency: string } } | null, after: { bytes: number | string, monthly: { amount: string, currency: string } } | null }>, rest: { shifts: number, bytesBefore: number | string, bytesAfter: number | string, monthlyBefore: { amount: string, currency: string }, monthlyAfter: { amount: string, currency: string } }, nodes: Array<{ id: string, kind: EntityKind, name: string, namespace: string, type: string, cluster: string, regions: Array<string>, zones: Array<string>, x: number, y: number, bytesOut: number | string, bytesIn: number | string, cost: { amount: string, currency: string, nano: number | string } }> } | null };

export type MarksQueryVariables = Exact<{
  window: Window;
}>;


export type MarksQuery = { marks: { moreRollouts: boolean, moreIncidents: boolean, rollouts: Array<{ workloadName: string, namespace: string, deployment: { id: string, workload: string, hash: string, rolledOutAt: string | null, changedBy: string } }>, incidents: Array<{ id: string, title: string, since: string, until: string | null, state: IncidentState, impactPerDay: { amount: string, currency: string } }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SumOfBillFragmentDoc = new TypedDocumentString(`
    fragment SumOfBill on ReconciledSum {
  bytes
  cost {
    amount
    currency
    nano
  }
}
    `, {"fragmentName":"SumOfBill"}) as unknown as TypedDocumentString<SumOfBillFragment, unknown>;
export const SumOfStatementFragmentDoc = new TypedDocumentString(`
    fragment SumOfStatement on StatementSum {
  lines
  shown
  amount {
    amount
    currency
  }
  billedBytes
  unpricedBytes
}
    `, {"fragmentName":"SumOfStatement"}) as unknown as TypedDocumentString<SumOfStatementFragment, unknown>;
export const LinesOfStatementFragmentDoc = new TypedDocumentString(`
    fragment LinesOfStatement on Statement {
  lines {
    group
    sum {
      ...SumOfStatement
    }
  }
  rest {
    ...SumOfStatement
  }
  total {
    ...SumOfStatement
  }
}
    fragment SumOfStatement on StatementSum {
  lines
  shown
  amount {
    amount
    currency
  }
  billedBytes
  unpricedBytes
}`, {"fragmentName":"LinesOfStatement"}) as unknown as TypedDocumentString<LinesOfStatementFragment, unknown>;
export const SumOfDiffFragmentDoc = new TypedDocumentString(`
    fragment SumOfDiff on DiffSum {
  rows
  bytesChange
  costChange {
    amount
    currency
  }
  before {
    bytes
    cost {
      amount
      currency
    }
  }
  after {
    bytes
    cost {
      amount
      currency
    }
  }
}
    `, {"fragmentName":"SumOfDiff"}) as unknown as TypedDocumentString<SumOfDiffFragment, unknown>;
export const SaveEndpointDocument = new TypedDocumentString(`
    mutation SaveEndpoint($endpoint: EndpointInput!, $note: String!) {
  saveEndpoint(endpoint: $endpoint, note: $note) {
    id
  }
}
    `) as unknown as TypedDocumentString<SaveEndpointMutation, SaveEndpointMutationVariables>;
export const EndEndpointDocument = new TypedDocumentString(`
    mutation EndEndpoint($id: ID!) {
  endEndpoint(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<EndEndpointMutation, EndEndpointMutationVariables>;
export const PutOverlayDocument = new TypedDocumentString(`
    mutation PutOverlay($text: String!, $from: DateTime!, $note: String!) {
  putPriceOverlay(text: $text, from: $from, note: $note) {
    name
  }
}
    `) as unknown as TypedDocumentString<PutOverlayMutation, PutOverlayMutationVariables>;
export const WithdrawOverlayDocument = new TypedDocumentString(`
    mutation WithdrawOverlay($name: ID!) {
  withdrawPriceOverlay(name: $name)
}
    `) as unknown as TypedDocumentString<WithdrawOverlayMutation, WithdrawOverlayMutationVariables>;
export const SaveViewDocument = new TypedDocumentString(`
    mutation SaveView($name: String!, $state: String!, $shared: Boolean!) {
  saveView(name: $name, state: $state, shared: $shared) {
    id
  }
}
    `) as unknown as TypedDocumentString<SaveViewMutation, SaveViewMutationVariables>;
export const DeleteViewDocument = new TypedDocumentString(`
    mutation DeleteView($id: ID!) {
  deleteView(id: $id)
}
    `) as unknown as TypedDocumentString<DeleteViewMutation, DeleteViewMutationVariables>;
export const AcknowledgeDocument = new TypedDocumentString(`
    mutation Acknowledge($id: ID!, $note: String!) {
  acknowledgeIncident(id: $id, note: $note) {
    id
    state
  }
}
    `) as unknown as TypedDocumentString<AcknowledgeMutation, AcknowledgeMutationVariables>;
export const ResolveDocument = new TypedDocumentString(`
    mutation Resolve($id: ID!, $note: String!) {
  resolveIncident(id: $id, note: $note) {
    id
    state
  }
}
    `) as unknown as TypedDocumentString<ResolveMutation, ResolveMutationVariables>;
export const ReopenIncidentDocument = new TypedDocumentString(`
    mutation ReopenIncident($id: ID!, $note: String!) {
  reopenIncident(id: $id, note: $note) {
    id
    state
  }
}
    `) as unknown as TypedDocumentString<ReopenIncidentMutation, ReopenIncidentMutationVariables>;
export const AcceptDocument = new TypedDocumentString(`
    mutation Accept($id: ID!, $note: String!) {
  acceptRecommendation(id: $id, note: $note) {
    id
    state
  }
}
    `) as unknown as TypedDocumentString<AcceptMutation, AcceptMutationVariables>;
export const DismissDocument = new TypedDocumentString(`
    mutation Dismiss($id: ID!, $reason: String!) {
  dismissRecommendation(id: $id, reason: $reason) {
    id
    state
  }
}
    `) as unknown as TypedDocumentString<DismissMutation, DismissMutationVariables>;
export const ReopenSavingDocument = new TypedDocumentString(`
    mutation ReopenSaving($id: ID!, $note: String!) {
  reopenRecommendation(id: $id, note: $note) {
    id
    state
  }
}
    `) as unknown as TypedDocumentString<ReopenSavingMutation, ReopenSavingMutationVariables>;
export const StatementDocument = new TypedDocumentString(`
    query Statement($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {
  statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {
    currency
    pricingModes
    lines {
      group
      sum {
        amount {
          amount
          currency
          nano
        }
        shown
        standing {
          amount
          currency
          nano
        }
        standingShown
        billedBytes
        unpricedBytes
      }
    }
    rest {
      lines
      amount {
        amount
        currency
      }
      shown
      standing {
        amount
        currency
      }
      standingShown
      billedBytes
      unpricedBytes
    }
    total {
      amount {
        amount
        currency
      }
      shown
      standing {
        amount
        currency
      }
      standingShown
      billedBytes
      unpricedBytes
    }
    own {
      amount {
        amount
        currency
      }
    }
    standing {
      name
      code
      units
      unitName
      cost {
        amount
        currency
        nano
      }
      idle {
        amount
        currency
        nano
      }
      bytes
      priceRow
      assumed
      unpricedReason
    }
  }
}
    `) as unknown as TypedDocumentString<StatementQuery, StatementQueryVariables>;
export const WaysOfMoneyDocument = new TypedDocumentString(`
    query WaysOfMoney($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {
  statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {
    currency
    lines {
      group
      sum {
        amount {
          amount
          currency
        }
      }
    }
    rest {
      lines
      shown
    }
    total {
      amount {
        amount
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WaysOfMoneyQuery, WaysOfMoneyQueryVariables>;
export const ForecastDocument = new TypedDocumentString(`
    query Forecast($window: Window!) {
  forecast(window: $window) {
    from
    through
    to
    missingMinutes
    historyHours
    method
    unknown
    assumptions
    toDate {
      amount
      currency
    }
    expected {
      amount
      currency
    }
    low {
      amount
      currency
    }
    high {
      amount
      currency
    }
  }
}
    `) as unknown as TypedDocumentString<ForecastQuery, ForecastQueryVariables>;
export const StatementLineDocument = new TypedDocumentString(`
    query StatementLine($window: Window!, $where: [StatementFilter!]!, $groupBy: [StatementDimension!]!, $view: StatementView!) {
  statement(
    window: $window
    where: $where
    groupBy: $groupBy
    view: $view
    first: 1
  ) {
    lines {
      charges(first: 200) {
        payer
        code
        operation
        rule
        tier
        bytes
        unitBytes
        rate {
          amount
          currency
        }
        amount {
          amount
          currency
          nano
        }
        priceRow
        priceSource
        pathAssumed
        unpricedReason
      }
      transfers(first: 200) {
        id
        sourceName
        destinationName
        path
        amount {
          amount
          currency
          nano
        }
        standing {
          amount
          currency
          nano
        }
        billedBytes
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StatementLineQuery, StatementLineQueryVariables>;
export const ToDoDocument = new TypedDocumentString(`
    query ToDo {
  incidents(first: 50) {
    edges {
      node {
        id
        title
        since
        until
        state
        impactPerDay {
          amount
          currency
          nano
        }
      }
    }
  }
  recommendations {
    id
    title
    state
    monthly {
      amount
      currency
      nano
    }
  }
}
    `) as unknown as TypedDocumentString<ToDoQuery, ToDoQueryVariables>;
export const InsightsAboutDocument = new TypedDocumentString(`
    query InsightsAbout {
  incidents(first: 50) {
    edges {
      node {
        id
        title
        since
        until
        impactPerDay {
          amount
          currency
        }
        anomalies {
          source
          destination
        }
        findings {
          entity
        }
      }
    }
  }
  recommendations {
    id
    title
    state
    entities
    monthly {
      amount
      currency
    }
  }
}
    `) as unknown as TypedDocumentString<InsightsAboutQuery, InsightsAboutQueryVariables>;
export const ReconciliationsDocument = new TypedDocumentString(`
    query Reconciliations {
  reconciliations {
    name
    problem
    month
    minutes
    foldedMinutes
    machines
    unnamed
    unnamedCount
    explainedBytes
    explainedCost
    billed {
      ...SumOfBill
    }
    counted {
      ...SumOfBill
    }
    explained {
      ...SumOfBill
    }
    codes {
      account
      region
      code
      notBilledBytes
      billed {
        ...SumOfBill
      }
      counted {
        ...SumOfBill
      }
      explained {
        ...SumOfBill
      }
      outOfSight {
        ...SumOfBill
      }
      unexplained {
        ...SumOfBill
      }
    }
    findings {
      kind
      name
      account
      region
      code
      days
      bytes
      percent
      cost {
        amount
        currency
        nano
      }
    }
  }
}
    fragment SumOfBill on ReconciledSum {
  bytes
  cost {
    amount
    currency
    nano
  }
}`) as unknown as TypedDocumentString<ReconciliationsQuery, ReconciliationsQueryVariables>;
export const HeadDocument = new TypedDocumentString(`
    query Head($asOf: AsOf) {
  meta(asOf: $asOf) {
    lagSeconds
    lostBytes
    lab
    version {
      number
      kind
      from
      to
      digest
      bytes
      unknownBytes
      unpricedBytes
      committedAt
      cost {
        currency
      }
    }
  }
  transfers(window: {asOf: $asOf}, first: 1) {
    window {
      to
    }
  }
}
    `) as unknown as TypedDocumentString<HeadQuery, HeadQueryVariables>;
export const OverviewDocument = new TypedDocumentString(`
    query Overview($window: Window!, $before: Window!) {
  paths: statement(window: $window, groupBy: [PATH], first: 6) {
    ...LinesOfStatement
    standing {
      name
      code
      cost {
        amount
        currency
      }
      bytes
      unpricedReason
    }
  }
  causers: statement(
    window: $window
    groupBy: [NAMESPACE]
    view: CAUSER
    first: 6
  ) {
    ...LinesOfStatement
  }
  codes: statement(window: $window, groupBy: [CHARGE_CODE], first: 6) {
    ...LinesOfStatement
  }
  diff(before: $before, after: $window, groupBy: PAIR, limit: 6) {
    before {
      window {
        minutes
        foldedMinutes
      }
    }
    after {
      window {
        minutes
        foldedMinutes
      }
    }
    total {
      costChange {
        amount
        currency
      }
      before {
        cost {
          amount
          currency
        }
      }
      after {
        bytes
        cost {
          amount
          currency
        }
      }
    }
    rows {
      change
      group
      bytesChange
      costChange {
        amount
        currency
      }
    }
  }
}
    fragment LinesOfStatement on Statement {
  lines {
    group
    sum {
      ...SumOfStatement
    }
  }
  rest {
    ...SumOfStatement
  }
  total {
    ...SumOfStatement
  }
}
fragment SumOfStatement on StatementSum {
  lines
  shown
  amount {
    amount
    currency
  }
  billedBytes
  unpricedBytes
}`) as unknown as TypedDocumentString<OverviewQuery, OverviewQueryVariables>;
export const IncidentsDocument = new TypedDocumentString(`
    query Incidents($first: Int!) {
  incidents(first: $first) {
    edges {
      node {
        id
        kind
        title
        since
        until
        conclusion
        state
        impact {
          amount
          currency
          nano
        }
        impactPerDay {
          amount
          currency
          nano
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IncidentsQuery, IncidentsQueryVariables>;
export const IncidentDocument = new TypedDocumentString(`
    query Incident($id: ID!) {
  incident(id: $id) {
    id
    kind
    title
    since
    detected
    until
    through
    conclusion
    version
    state
    decisions {
      action
      by
      at
      note
    }
    impact {
      amount
      currency
    }
    impactPerDay {
      amount
      currency
    }
    impactPerDayRange {
      low {
        amount
        currency
      }
      high {
        amount
        currency
      }
      percent
    }
    parts {
      through
      change {
        amount
        currency
      }
      volume {
        amount
        currency
      }
      path {
        amount
        currency
      }
      price {
        amount
        currency
      }
      tier {
        amount
        currency
      }
      remainder {
        amount
        currency
      }
    }
    anomalies {
      scope
      kind
      basis
      since
      until
      filter
      minutes
      cost {
        amount
        currency
      }
      expectedCost {
        amount
        currency
      }
    }
    findings {
      kind
      subject
      at
      explains {
        amount
        currency
      }
      for
      against
      score
      confidence
    }
    remedy {
      action
      command
      undo
      undoCommand
    }
    investigations {
      id
      occasion
      by
      engine
      state
      startedAt
      version
      answer
      failure
      steps
      unproven
    }
  }
}
    `) as unknown as TypedDocumentString<IncidentQuery, IncidentQueryVariables>;
export const SavingsDocument = new TypedDocumentString(`
    query Savings {
  recommendations {
    id
    kind
    title
    from
    to
    minutes
    bytes
    breakEvenBytes
    why
    assumptions
    warnings
    check
    entities
    state
    decisions {
      action
      by
      at
      note
      until
    }
    monthly {
      amount
      currency
    }
    low {
      amount
      currency
    }
    high {
      amount
      currency
    }
    saving {
      amount
      currency
    }
    before {
      amount
      currency
    }
    after {
      amount
      currency
    }
    apply {
      tool
      text
    }
    undo {
      tool
      text
    }
  }
  verdicts {
    recommendation
    kind
    title
    applied
    evidence
    state
    summary
    reasons
    entities
    from
    to
    minutes
    predicted {
      amount
      currency
    }
    realised {
      amount
      currency
    }
  }
}
    `) as unknown as TypedDocumentString<SavingsQuery, SavingsQueryVariables>;
export const GraphDocument = new TypedDocumentString(`
    query Graph($window: Window!, $limit: Int!, $nodes: Int!) {
  graph(window: $window, limit: $limit, nodes: $nodes) {
    version {
      number
    }
    window {
      from
      to
    }
    nodes {
      id
      kind
      name
      namespace
      type
      cluster
      regions
      zones
      x
      y
      bytesOut
      bytesIn
      cost {
        amount
        currency
        nano
      }
    }
    transfers {
      id
      source
      destination
      sourceName
      destinationName
      sourceRevision
      destinationRevision
      sourceZone
      destinationZone
      sourceRegion
      destinationRegion
      serverPort
      protocol
      initiator
      path
      via
      pathAssumed
      bytes
      cost {
        amount
        currency
        nano
      }
    }
    total {
      transfers
      bytes
      cost {
        amount
        currency
      }
    }
    rest {
      transfers
      bytes
      cost {
        amount
        currency
      }
    }
    restNodes
  }
}
    `) as unknown as TypedDocumentString<GraphQuery, GraphQueryVariables>;
export const DiffDocument = new TypedDocumentString(`
    query Diff($before: Window!, $after: Window!, $groupBy: Dimension!, $orderBy: TransferOrder!, $limit: Int!) {
  diff(
    before: $before
    after: $after
    groupBy: $groupBy
    orderBy: $orderBy
    limit: $limit
  ) {
    before {
      window {
        from
        to
        minutes
        foldedMinutes
      }
    }
    after {
      window {
        from
        to
        minutes
        foldedMinutes
      }
    }
    total {
      ...SumOfDiff
    }
    appeared {
      ...SumOfDiff
    }
    disappeared {
      ...SumOfDiff
    }
    changed {
      ...SumOfDiff
    }
    unchanged {
      ...SumOfDiff
    }
    rest {
      ...SumOfDiff
    }
    rows {
      change
      group
      bytesChange
      before {
        bytes
        cost {
          amount
          currency
        }
      }
      after {
        bytes
        cost {
          amount
          currency
        }
      }
      costChange {
        amount
        currency
        nano
      }
      transfer {
        id
        source
        destination
        sourceName
        destinationName
        serverPort
        protocol
        path
        via
        pathAssumed
        sourceZone
        destinationZone
      }
    }
  }
}
    fragment SumOfDiff on DiffSum {
  rows
  bytesChange
  costChange {
    amount
    currency
  }
  before {
    bytes
    cost {
      amount
      currency
    }
  }
  after {
    bytes
    cost {
      amount
      currency
    }
  }
}`) as unknown as TypedDocumentString<DiffQuery, DiffQueryVariables>;
export const TotalsDocument = new TypedDocumentString(`
    query Totals($window: Window!) {
  totals(window: $window) {
    minute
    bytes
    cost {
      amount
      currency
      nano
    }
  }
}
    `) as unknown as TypedDocumentString<TotalsQuery, TotalsQueryVariables>;
export const KnownDocument = new TypedDocumentString(`
    query Known($window: Window!) {
  graph(window: $window, limit: 1) {
    window {
      minutes
      foldedMinutes
    }
  }
}
    `) as unknown as TypedDocumentString<KnownQuery, KnownQueryVariables>;
export const EntityDocument = new TypedDocumentString(`
    query Entity($id: ID!, $window: Window!) {
  entity(id: $id, window: $window) {
    window {
      from
      to
    }
    version {
      number
    }
    entity {
      id
      kind
      name
      namespace
      type
      cluster
      regions
      zones
      bytesOut
      bytesIn
      cost {
        amount
        currency
      }
    }
    transfers(first: 100) {
      id
      source
      destination
      sourceName
      destinationName
      serverPort
      protocol
      path
      via
      pathAssumed
      bytes
      cost {
        amount
        currency
        nano
      }
    }
    deployments {
      id
      hash
      revision
      images
      rolledOutAt
      changedBy
      cause
      gitCommit
    }
    series {
      minute
      bytes
      cost {
        amount
        currency
        nano
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EntityQuery, EntityQueryVariables>;
export const PathsDocument = new TypedDocumentString(`
    query Paths($from: ID!, $to: ID!, $window: Window!) {
  paths(from: $from, to: $to, window: $window, maxHops: 4, limit: 20) {
    whole
    paths {
      bytes
      zoneCrossings
      cost {
        amount
        currency
      }
      hops {
        bytes
        crossZoneBytes
        transfers
        from {
          id
          name
        }
        to {
          id
          name
        }
        cost {
          amount
          currency
        }
        transferIds(first: 1)
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PathsQuery, PathsQueryVariables>;
export const TeamsDocument = new TypedDocumentString(`
    query Teams($window: Window!) {
  statement(window: $window, groupBy: [WORKLOAD, TEAM], first: 10000) {
    lines {
      group
    }
  }
}
    `) as unknown as TypedDocumentString<TeamsQuery, TeamsQueryVariables>;
export const DependentsDocument = new TypedDocumentString(`
    query Dependents($id: ID!, $window: Window!) {
  blastRadius(of: {node: $id}, hops: 3, limit: 50, window: $window) {
    left
    leftCost {
      amount
      currency
    }
    nodes {
      hops
      dependence
      bytes
      cost {
        amount
        currency
      }
      node {
        id
        name
      }
      through {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DependentsQuery, DependentsQueryVariables>;
export const TransferDocument = new TypedDocumentString(`
    query Transfer($id: ID!, $window: Window!) {
  transfer(id: $id, window: $window) {
    window {
      from
      to
    }
    version {
      number
      priceBook
      digest
    }
    transfer {
      id
      source
      destination
      sourceName
      destinationName
      sourceRevision
      destinationRevision
      serverPort
      protocol
      initiator
      sourceZone
      destinationZone
      sourceRegion
      destinationRegion
      sourceAccount
      destinationAccount
      sourceNetwork
      destinationNetwork
      path
      via
      pathAssumed
      bytes
      payloadBytes
      packets
      retransmittedPackets
      connections
      rttMicros
      checkBytes
      cost {
        amount
        currency
        display
      }
    }
    series {
      minute
      bytes
      cost {
        amount
        currency
        nano
      }
    }
    charges {
      payer
      code
      operation
      rule
      tier
      bytes
      unitBytes
      rate {
        amount
        currency
      }
      amount {
        amount
        currency
      }
      priceRow
      priceSource
      pathAssumed
      unpricedReason
    }
    flows(first: 20) {
      windowStart
      windowSeconds
      agent
      localKind
      localId
      localAddress
      remoteAddress
      virtualAddress
      serverPort
      protocol
      role
      sentBytes
      receivedBytes
      connections
      batch
    }
  }
}
    `) as unknown as TypedDocumentString<TransferQuery, TransferQueryVariables>;
export const VersionsDocument = new TypedDocumentString(`
    query Versions($first: Int!, $after: String) {
  versions(first: $first, after: $after) {
    edges {
      node {
        number
        kind
        from
        to
        digest
        previousDigest
        inputDigest
        factsDigest
        priceBook
        codeVersion
        nodes
        transfers
        bytes
        unknownBytes
        unpricedBytes
        committedAt
        cost {
          amount
          currency
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<VersionsQuery, VersionsQueryVariables>;
export const ExplainDocument = new TypedDocumentString(`
    query Explain($transfer: ID!, $window: Window!) {
  explain(transfer: $transfer, window: $window) {
    minutes {
      minute
      version
      bytes
      pairs {
        source
        destination
        serverPort
        choiceText
        reports {
          taken
          bySender
          bytes
          pathText
          pathGap
          service
          flow {
            agent
            batch
            windowStart
          }
          source {
            ruleText
          }
          destination {
            ruleText
          }
        }
      }
      facts {
        kind
        key
        source
        from
        text
        recordedAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ExplainQuery, ExplainQueryVariables>;
export const StatusDocument = new TypedDocumentString(`
    query Status {
  meta {
    lagSeconds
    lostBytes
    lab
    version {
      number
      kind
      from
      to
      bytes
      unknownBytes
      unpricedBytes
      priceBook
      codeVersion
      digest
      committedAt
    }
  }
  serviceVersion
  agents {
    cluster
    node
    mode
    version
    build
    coveredThrough
    lastBatchAt
    lostBytes
  }
  coverage {
    cluster
    node
    minutes {
      full
    }
  }
  watches {
    name
    server
    clockSkewSeconds
    resources {
      resource
      state
      gap
      message
      since
      heard
      objects
      lists
      neededFor
    }
  }
}
    `) as unknown as TypedDocumentString<StatusQuery, StatusQueryVariables>;
export const InvestigatorDocument = new TypedDocumentString(`
    query Investigator {
  investigator {
    engine
    model
    notice
    suggestions
  }
}
    `) as unknown as TypedDocumentString<InvestigatorQuery, InvestigatorQueryVariables>;
export const VersionCommittedDocument = new TypedDocumentString(`
    subscription VersionCommitted {
  versionCommitted {
    number
    to
  }
}
    `) as unknown as TypedDocumentString<VersionCommittedSubscription, VersionCommittedSubscriptionVariables>;
export const AskPreviewDocument = new TypedDocumentString(`
    query AskPreview($question: String!, $conversation: ID) {
  askPreview(question: $question, conversation: $conversation)
}
    `) as unknown as TypedDocumentString<AskPreviewQuery, AskPreviewQueryVariables>;
export const AskDocument = new TypedDocumentString(`
    subscription Ask($question: String!, $conversation: ID) {
  ask(question: $question, conversation: $conversation) {
    __typename
    ... on ChatText {
      text
    }
    ... on ChatFigure {
      text
      reference
      exact
      unit
      version
      window {
        from
        to
      }
      call
      path
      calculation
      by
    }
    ... on ChatCause {
      text
      reference
      call
    }
    ... on ChatUnproven {
      text
      why
    }
    ... on ChatToolCall {
      id
      name
      input
      result
      error
    }
    ... on ChatDone {
      conversation
      version
      unproven
      inputTokens
      outputTokens
      costUsd
    }
    ... on ChatFailed {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<AskSubscription, AskSubscriptionVariables>;
export const SavedCypherDocument = new TypedDocumentString(`
    query SavedCypher {
  savedCypher {
    name
    title
    statement
    parameters {
      name
      meaning
      default
    }
  }
}
    `) as unknown as TypedDocumentString<SavedCypherQuery, SavedCypherQueryVariables>;
export const CypherDocument = new TypedDocumentString(`
    query Cypher($query: String!, $params: JSON, $window: Window, $limit: Int!) {
  cypher(query: $query, params: $params, window: $window, limit: $limit) {
    columns
    rows
    more
    estimatedRows
    nodes {
      element
      labels
      properties
    }
    relationships {
      element
      start
      end
      type
      properties
    }
  }
}
    `) as unknown as TypedDocumentString<CypherQuery, CypherQueryVariables>;
export const FlowsDocument = new TypedDocumentString(`
    query Flows($id: ID!, $window: Window!, $first: Int!) {
  transfer(id: $id, window: $window) {
    window {
      from
      to
    }
    transfer {
      sourceName
      destinationName
      bytes
    }
    flows(first: $first) {
      windowStart
      windowSeconds
      agent
      localKind
      localId
      localAddress
      remoteAddress
      virtualAddress
      virtualPort
      serverPort
      protocol
      role
      sentBytes
      receivedBytes
      sentPayloadBytes
      receivedPayloadBytes
      sentPackets
      receivedPackets
      connections
      batch
    }
  }
}
    `) as unknown as TypedDocumentString<FlowsQuery, FlowsQueryVariables>;
export const SettingsDocument = new TypedDocumentString(`
    query Settings {
  meta {
    version {
      priceBook
      pricingMode
    }
  }
  investigator {
    engine
    model
    notice
  }
  limits {
    seconds
    windowMinutes
    transfers
    flowRows
    complexity
    depth
    bodyBytes
    documentsOnly
  }
}
    `) as unknown as TypedDocumentString<SettingsQuery, SettingsQueryVariables>;
export const StatedDocument = new TypedDocumentString(`
    query Stated {
  statedEndpoints {
    id
    class
    name
    cidrs
    hosts
    provider
    region
    zone
    network
    account
    team
    from
    to
    by
    at
    note
    endedBy
    endedAt
  }
  priceOverlays {
    name
    text
    from
    by
    at
    note
  }
}
    `) as unknown as TypedDocumentString<StatedQuery, StatedQueryVariables>;
export const ViewsDocument = new TypedDocumentString(`
    query Views {
  views {
    id
    name
    state
    shared
    owner
    mine
    savedAt
  }
}
    `) as unknown as TypedDocumentString<ViewsQuery, ViewsQueryVariables>;
export const FilterCompletionsDocument = new TypedDocumentString(`
    query FilterCompletions($text: String!, $cursor: Int!, $window: Window!) {
  filterCompletions(text: $text, cursor: $cursor, window: $window, first: 12) {
    canonical
    from
    to
    problem {
      message
      hint
    }
    completions {
      text
      kind
      doc
    }
  }
}
    `) as unknown as TypedDocumentString<FilterCompletionsQuery, FilterCompletionsQueryVariables>;
export const WhatIfDocument = new TypedDocumentString(`
    query WhatIf($recommendation: ID!) {
  whatIf(recommendation: $recommendation) {
    withdrawn
    edgesKnown
    recommendation {
      id
      kind
      title
      from
      to
      minutes
      why
      assumptions
      warnings
      monthly {
        amount
        currency
      }
      low {
        amount
        currency
      }
      high {
        amount
        currency
      }
    }
    monthlyBefore {
      amount
      currency
    }
    monthlyAfter {
      amount
      currency
    }
    hoursBefore {
      amount
      currency
    }
    hoursAfter {
      amount
      currency
    }
    shifts {
      id
      source
      destination
      sourceName
      destinationName
      serverPort
      protocol
      sourceZone
      destinationZone
      sourceRegion
      destinationRegion
      path
      via
      joins
      before {
        bytes
        monthly {
          amount
          currency
        }
      }
      after {
        bytes
        monthly {
          amount
          currency
        }
      }
    }
    rest {
      shifts
      bytesBefore
      bytesAfter
      monthlyBefore {
        amount
        currency
      }
      monthlyAfter {
        amount
        currency
      }
    }
    nodes {
      id
      kind
      name
      namespace
      type
      cluster
      regions
      zones
      x
      y
      bytesOut
      bytesIn
      cost {
        amount
        currency
        nano
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhatIfQuery, WhatIfQueryVariables>;
export const MarksDocument = new TypedDocumentString(`
    query Marks($window: Window!) {
  marks(window: $window, first: 200) {
    moreRollouts
    moreIncidents
    rollouts {
      workloadName
      namespace
      deployment {
        id
        workload
        hash
        rolledOutAt
        changedBy
      }
    }
    incidents {
      id
      title
      since
      until
      state
      impactPerDay {
        amount
        currency
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MarksQuery, MarksQueryVariables>;