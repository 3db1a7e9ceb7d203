export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A count of bytes: a JSON number up to 2^53, a decimal string above. */
  Bytes: { input: number | string; output: number | string; }
  /** A moment in RFC 3339, UTC, for example 2026-11-23T10:04:00Z. */
  DateTime: { input: string; output: string; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
  /** The number of a graph version: a whole number from 1 on. */
  Version: { input: number; output: number; }
};

/** A machine that runs an agent. */
export type AgentMachine = {
  /** Name of the cluster. */
  cluster: Scalars['String']['output'];
  /** Name of the machine. */
  node: Scalars['String']['output'];
  /** Whose machine it is: aws, gcp, azure; empty where that is not known. */
  provider: Scalars['String']['output'];
  /** Its ids at its provider, such as aws:///us-east-1a/i-0abc: several where its name went from one machine to another, none where no fact tells. */
  providerIds: Array<Scalars['String']['output']>;
};

/** One agent, as the ledger of its batches knows it. */
export type AgentStatus = {
  /** How that stands to the service's own version. */
  build: BuildRelation;
  /** Name of the cluster. */
  cluster: Scalars['String']['output'];
  /** Everything up to this moment has been reported. */
  coveredThrough: Scalars['DateTime']['output'];
  /** When its newest batch was received. */
  lastBatchAt: Scalars['DateTime']['output'];
  /** Bytes reported lost in the last hour, null where a loss of unknown size was reported. */
  lostBytes?: Maybe<Scalars['Bytes']['output']>;
  /** sockets, packets or import. */
  mode: Scalars['String']['output'];
  /** Name of the machine it runs on. */
  node: Scalars['String']['output'];
  /** The agent's version as of its newest batch; empty from one that is older than telling it. */
  version: Scalars['String']['output'];
};

/** One series that is not as usual. */
export type Anomaly = {
  /** Which past it was compared with: hour-of-week, hour-of-day, recent or none. */
  basis: Scalars['String']['output'];
  /** Carried since then, and what the baseline says it would have been. */
  bytes: Scalars['Bytes']['output'];
  /** Paid since then, exactly, and what it would have been, as an estimate. */
  cost: Money;
  /** Id of the node that receives, null where the series has none. */
  destination?: Maybe<Scalars['ID']['output']>;
  /** What the baseline says it would have carried. */
  expectedBytes: Scalars['Bytes']['output'];
  /** What it would have cost, as an estimate. */
  expectedCost: Money;
  /** Selects its transfers in any window (docs/filter.md). Null where no filter does: a path class or a charge code. */
  filter?: Maybe<Scalars['String']['output']>;
  /** In which way it deviates. */
  kind: AnomalyKind;
  /** How many minutes the figures below are of. Null for an incident that was told before this was kept. */
  minutes?: Maybe<Scalars['Int']['output']>;
  /** The series: a flow, a workload, a path class, an endpoint or a charge code. */
  scope: Scalars['String']['output'];
  /** Start of the first minute that was off. */
  since: Scalars['DateTime']['output'];
  /** Id of the node that sends, null where the series has none. */
  source?: Maybe<Scalars['ID']['output']>;
  /** Null while it lasts. */
  until?: Maybe<Scalars['DateTime']['output']>;
};

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

/** The window that was answered, with every default filled in. */
export type AnsweredWindow = {
  /** How many of them the answer's version had folded. The others are missing, not empty: what moved in them is unknown, though a total has nothing of them. Null where the answer names no version. */
  foldedMinutes?: Maybe<Scalars['Int']['output']>;
  /** First minute, included. */
  from: Scalars['DateTime']['output'];
  /** How many minutes the window has. */
  minutes: Scalars['Int']['output'];
  /** End, excluded. */
  to: Scalars['DateTime']['output'];
};

/** Which state of knowledge to answer from. Exactly one field is set. */
export type AsOf =
  /** The version that people named so with `tagVersion`. */
  { tag: Scalars['String']['input']; time?: never; version?: never; }
  |  /** The newest version committed at or before this moment. */
  { tag?: never; time: Scalars['DateTime']['input']; version?: never; }
  |  /** The version itself. */
  { tag?: never; time?: never; version: Scalars['Version']['input']; };

/** One difference between a bill and what was counted, added up over days. */
export type BillFinding = {
  /** Whose account. */
  account: Scalars['String']['output'];
  /** How many bytes it is about. */
  bytes: Scalars['Bytes']['output'];
  /** The usage type; empty for all. */
  code: Scalars['String']['output'];
  /** What the bill says of it; for prices, what ours are above it. */
  cost: Money;
  /** On how many days it shows. */
  days: Scalars['Int']['output'];
  /** discount, private-rate, discount-row, missing-host, managed-service, other-price, unexplained, not-billed or no-price. */
  kind: Scalars['String']['output'];
  /** The machine, the service or the kind of discount; empty where it has none. */
  name: Scalars['String']['output'];
  /** A discount's share of our price in percent; empty for what is none. */
  percent: Scalars['String']['output'];
  /** Of which region's part of the bill; empty for all. */
  region: Scalars['String']['output'];
};

/** What a blast radius is of. Exactly one field is set. */
export type BlastTarget =
  /** A node. */
  { node: Scalars['ID']['input']; via?: never; }
  |  /** A gateway or endpoint by name, as in a transfer's `via`. */
  { node?: never; via: Scalars['String']['input']; };

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

/** One line of a bill: a charge code, a rate and an exact amount. */
export type ChargeLine = {
  /** Bytes over unit times rate, exactly. */
  amount: Money;
  /** Bytes that are charged. */
  bytes: Scalars['Bytes']['output'];
  /** Usage type as on the provider's bill, for example DataTransfer-Regional-Bytes. */
  code: Scalars['String']['output'];
  /** Operation as on the provider's bill, empty where it has none. */
  operation: Scalars['String']['output'];
  /** True where the path was a default and not known. */
  pathAssumed: Scalars['Boolean']['output'];
  /** Who is charged: the owner of the source, of the destination or of the gateway. */
  payer: Scalars['String']['output'];
  /** Row of the price book. */
  priceRow: Scalars['String']['output'];
  /** Where the price comes from, with its date. */
  priceSource: Scalars['String']['output'];
  /** Price per unit. */
  rate: Money;
  /** Row of the decision table that applied, for example A3. */
  rule: Scalars['String']['output'];
  /** Which tier of the price, empty where it has one price. */
  tier: Scalars['String']['output'];
  /** Bytes per billed unit: 1073741824 where the provider bills GiB. */
  unitBytes: Scalars['Bytes']['output'];
  /** Why there is no price, empty where there is one. */
  unpricedReason: Scalars['String']['output'];
};

/** A piece of the text that is a cause which the engine found. */
export type ChatCause = {
  /** Id of the tool call that brought it. */
  call: Scalars['String']['output'];
  /** Its reference in the conversation. */
  reference: Scalars['String']['output'];
  /** The cause in words. */
  text: Scalars['String']['output'];
};

/** The end of an answer. */
export type ChatDone = {
  /** Tokens that the model read from its cache, 0 for rules. */
  cachedTokens: Scalars['Int']['output'];
  /** How often tools were called. */
  calls: Scalars['Int']['output'];
  /** Id of the conversation, to go on with. */
  conversation: Scalars['ID']['output'];
  /** What the tokens cost by the model's price, a decimal in US dollars; null where no price is known. */
  costUsd?: Maybe<Scalars['String']['output']>;
  /** Tokens sent to the model, those that it had in its cache among them. */
  inputTokens: Scalars['Int']['output'];
  /** Tokens that the model wrote, 0 for rules. */
  outputTokens: Scalars['Int']['output'];
  /** How often the model was asked. */
  turns: Scalars['Int']['output'];
  /** The pieces of the text that no tool's result bears out, as written. */
  unproven: Array<Scalars['String']['output']>;
  /** The graph version that the answer is about, null where nothing was folded. */
  version?: Maybe<Scalars['Version']['output']>;
};

/**
 * The answer's text comes in pieces, in order: plain text, figures, causes and what is not proven. Put together, their
 * texts are the answer.
 */
export type ChatEvent = ChatCause | ChatDone | ChatFailed | ChatFigure | ChatText | ChatToolCall | ChatUnproven;

/** The end of an answer that could not be given. */
export type ChatFailed = {
  /** As the codes of errors are. */
  code: Scalars['String']['output'];
  /** What to do. */
  hint: Scalars['String']['output'];
  /** What failed. */
  message: Scalars['String']['output'];
};

/** A piece of the text that is a figure: its digits were written, or found, by the service in a tool's result. */
export type ChatFigure = {
  /** reference, match or recomputed. */
  by: Scalars['String']['output'];
  /** The expression that it was computed by, empty for one that was read. */
  calculation: Scalars['String']['output'];
  /** Id of the tool call that brought it. */
  call: Scalars['String']['output'];
  /** The exact value in `unit`, a decimal string; empty where it was recomputed. */
  exact: Scalars['String']['output'];
  /** Where in its result it stands. */
  path: Scalars['String']['output'];
  /** Its reference in the conversation, empty for one that was recomputed from those beside it. */
  reference: Scalars['String']['output'];
  /** The figure as the answer has it. */
  text: Scalars['String']['output'];
  /** bytes, seconds, bytes per second, a currency code; empty for a count or a ratio. */
  unit: Scalars['String']['output'];
  /** The graph version it was read at, null where its result names none. */
  version?: Maybe<Scalars['Version']['output']>;
  /** The window that it is about, null where there is none. */
  window?: Maybe<AnsweredWindow>;
};

/** A piece of the answer's text that needs no proof. */
export type ChatText = {
  /** Markdown. */
  text: Scalars['String']['output'];
};

/** A tool was called: one stored GraphQL operation. */
export type ChatToolCall = {
  /** Why it failed, null where it did not. */
  error?: Maybe<Scalars['String']['output']>;
  /** Tells calls of one answer apart. */
  id: Scalars['ID']['output'];
  /** The variables, as JSON. */
  input: Scalars['String']['output'];
  /** Name of the stored operation. */
  name: Scalars['String']['output'];
  /** The result, as JSON, null while running. */
  result?: Maybe<Scalars['String']['output']>;
};

/** A piece of the text that no tool's result bears out: a figure, a name, a time or a cause. */
export type ChatUnproven = {
  /** The piece of the answer, as written. */
  text: Scalars['String']['output'];
  /** Why it is not proven. */
  why: Scalars['String']['output'];
};

/** A Kubernetes cluster and what is watched of it. */
export type ClusterWatch = {
  /** Its clock less ours, in seconds. */
  clockSkewSeconds: Scalars['Float']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
  /** By name. */
  resources: Array<WatchedResource>;
  /** Address of its API server. */
  server: Scalars['String']['output'];
};

/** What a calendar month (UTC) has cost, and what it will have cost by its end. */
export type CostForecast = {
  /** What the forecast takes for granted, in sentences. */
  assumptions: Array<Scalars['String']['output']>;
  /** The whole month. Null where too little is measured. */
  expected?: Maybe<Money>;
  /** First minute of the month, included. */
  from: Scalars['DateTime']['output'];
  /** The whole month if each day to come were as dear as the ninetieth of a hundred measured days. Null where `expected` is. */
  high?: Maybe<Money>;
  /** How many measured hours the forecast is made of, at most those of four weeks. */
  historyHours: Scalars['Int']['output'];
  /** The whole month if each day to come were as cheap as the tenth of a hundred measured days. Null where `expected` is. */
  low?: Maybe<Money>;
  /** How the rest was forecast. */
  method: ForecastMethod;
  /** How many minutes of the month so far nobody measured: they are not in `toDate`. */
  missingMinutes: Scalars['Int']['output'];
  /** Until when it is measured, excluded. */
  through: Scalars['DateTime']['output'];
  /** End of the month, excluded. */
  to: Scalars['DateTime']['output'];
  /** What was measured of the month. */
  toDate: Money;
  /** Why nothing is forecast; empty where something is. */
  unknown: Scalars['String']['output'];
};

/** A change of cost, split up: the parts and the remainder add up to the change exactly. */
export type CostParts = {
  /** All of it, negative for a decrease. */
  change: Money;
  /** By other zones and ways, at the new volume and the old prices. */
  path: Money;
  /** By other list prices. */
  price: Money;
  /** What cannot be told: bytes on a way whose old price is not known. */
  remainder: Money;
  /** The end of the minutes that were compared with those before; they begin with the incident. Null for what was told before this was kept. */
  through?: Maybe<Scalars['DateTime']['output']>;
  /** By tiers and free allowances. */
  tier: Money;
  /** By more or fewer bytes, at the old mix of ways and the old prices. */
  volume: Money;
};

/** Workloads that reach each other by traffic between zones. */
export type CrossZoneCircle = {
  /** Their bytes. */
  bytes: Scalars['Bytes']['output'];
  /** Their cost. */
  cost: Money;
  /** In order of id. */
  nodes: Array<NodeRef>;
  /** Transfers between zones inside the circle. */
  transfers: Scalars['Int']['output'];
  /** Zone ids between which they go. */
  zones: Array<Scalars['String']['output']>;
};

/** The answer of crossZoneCircles. */
export type CrossZoneCircles = {
  /** Costliest first. */
  circles: Array<CrossZoneCircle>;
  /** The graph version that was answered from. */
  version: GraphVersion;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** An answer as a table and as a graph. */
export type CypherAnswer = {
  /** Names, as the statement returns them. */
  columns: Array<Scalars['String']['output']>;
  /** How many rows the planner expected at the widest place. */
  estimatedRows: Scalars['Float']['output'];
  /** True where the limit left rows out. */
  more: Scalars['Boolean']['output'];
  /** Every node of the answer, once. */
  nodes: Array<CypherNode>;
  /** Every relationship of the answer, once. Its ends need not be among the nodes. */
  relationships: Array<CypherRelationship>;
  /**
   * One list per row, in the order of the columns. Nodes have labels and properties, relationships a type and properties, paths nodes and relationships.
   * Texts are also times (RFC 3339), whole numbers beyond 2^53 (decimal) and what no number is (NaN, Infinity, -Infinity).
   */
  rows: Array<Array<Maybe<Scalars['JSON']['output']>>>;
};

/** A node of the graph database. */
export type CypherNode = {
  /** Good within this answer alone. */
  element: Scalars['String']['output'];
  /** In no order. */
  labels: Array<Scalars['String']['output']>;
  /** Its properties, as a JSON object. */
  properties: Scalars['JSON']['output'];
};

/** A relationship of the graph database. */
export type CypherRelationship = {
  /** Good within this answer alone. */
  element: Scalars['String']['output'];
  /** Element of the node that it leads to. */
  end: Scalars['String']['output'];
  /** Its properties, as a JSON object. */
  properties: Scalars['JSON']['output'];
  /** Elements of its ends. */
  start: Scalars['String']['output'];
  /** For example TRANSFERS. */
  type: Scalars['String']['output'];
};

/** One thing that somebody decided. */
export type Decision = {
  /** What was decided. */
  action: DecisionAction;
  /** When it was decided. */
  at: Scalars['DateTime']['output'];
  /** Name of the person or the token. */
  by: Scalars['String']['output'];
  /** The note, or the reason of a dismissal; empty for none. */
  note: Scalars['String']['output'];
  /** The end of a dismissal, null for none. */
  until?: Maybe<Scalars['DateTime']['output']>;
};

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

/** One rollout revision of a workload: who changed what, when. */
export type Deployment = Node & {
  /** The change cause that the rollout names, empty for none. */
  cause: Scalars['String']['output'];
  /** Who changed it, empty where nothing says so. */
  changedBy: Scalars['String']['output'];
  /** Commit that it was built from, empty where nothing says so. */
  gitCommit: Scalars['String']['output'];
  /** Pod-template hash. */
  hash: Scalars['String']['output'];
  /** Id of the rollout revision. */
  id: Scalars['ID']['output'];
  /** Images of the pod template's containers. */
  images: Array<Scalars['String']['output']>;
  /** Kubernetes' number of the revision. */
  revision: Scalars['Int']['output'];
  /** When it was first seen, null where not known. */
  rolledOutAt?: Maybe<Scalars['DateTime']['output']>;
  /** Id of the workload that was rolled out. */
  workload: Scalars['ID']['output'];
};

/** One group before and after. */
export type DiffRow = {
  /** As it is now. */
  after: TransferSum;
  /** As it was. */
  before: TransferSum;
  /** After less before, negative for a decrease. */
  bytesChange: Scalars['Bytes']['output'];
  /** Whether it is new, gone or changed. */
  change: ChangeKind;
  /** After less before, negative for a decrease. */
  costChange: Money;
  /** The group's name, or the names of source and destination; an empty name is unknown, or the namespace or team of what has none. */
  group: Array<Scalars['String']['output']>;
  /** The transfer as it is after, or as it was where it is gone; null unless rows are transfers. */
  transfer?: Maybe<Transfer>;
};

/** One side of a diff. */
export type DiffSide = {
  /** The version that this side was answered from. */
  version: GraphVersion;
  /** The window of this side. Where minutes of it are not folded, a diff shows what they would have had as new or gone. */
  window: AnsweredWindow;
};

/** A sum on both sides, and the change from before to after. */
export type DiffSum = {
  /** As it is now. */
  after: TransferSum;
  /** As it was. */
  before: TransferSum;
  /** After less before, negative for a decrease. */
  bytesChange: Scalars['Bytes']['output'];
  /** After less before, negative for a decrease. */
  costChange: Money;
  /** How many groups it adds up. */
  rows: Scalars['Int']['output'];
};

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
  account?: Scalars['String']['input'];
  /** Address ranges as CIDR, or single addresses; at most 500. Either these or `hosts` are needed. */
  cidrs?: Array<Scalars['String']['input']>;
  /** What kind of thing it is, for example on-premises, s3 or a word of one's own. */
  class: Scalars['String']['input'];
  /**
   * DNS names without scheme, port or wildcard, at most 100. Each is asked for every minute; an address that it answers with
   * is the endpoint's from the moment it was heard until an hour after it was heard last.
   */
  hosts?: Array<Scalars['String']['input']>;
  /** Display name. Class, region and name are its identity. */
  name: Scalars['String']['input'];
  /** The network in which the addresses are meant, where they are private ones that mean something else in another. */
  network?: Scalars['String']['input'];
  /** aws, gcp, azure or a name; empty where it is nobody's cloud. */
  provider?: Scalars['String']['input'];
  /** Region that it is in, empty for none. */
  region?: Scalars['String']['input'];
  /** Who owns it, empty for nobody. */
  team?: Scalars['String']['input'];
  /** Zone id, empty where it is in none. */
  zone?: Scalars['String']['input'];
};

/** A node of the transfer graph. */
export type Entity = Node & {
  /** Bytes it received in the window. */
  bytesIn: Scalars['Bytes']['output'];
  /** Bytes it sent in the window. */
  bytesOut: Scalars['Bytes']['output'];
  /** Name of its cluster, empty for what is in none. */
  cluster: Scalars['String']['output'];
  /** Cost of the transfers it is an end of. */
  cost: Money;
  /** Stable id, for example w/lab/shop/Deployment/checkout. */
  id: Scalars['ID']['output'];
  /** Workload, machine, outside or unknown. */
  kind: EntityKind;
  /** Display name. */
  name: Scalars['String']['output'];
  /** Kubernetes namespace, empty for what has none. */
  namespace: Scalars['String']['output'];
  /** Regions in which it was seen in the window; none where no one knows. */
  regions: Array<Scalars['String']['output']>;
  /** Workload kind (Deployment, ...), endpoint class (s3, internet, ...) or the reason for being unknown. */
  type: Scalars['String']['output'];
  /** Position on the map, computed once on the server so that everyone sees the same picture; about -1000 to 1000. */
  x: Scalars['Float']['output'];
  /** As `x`, downwards. */
  y: Scalars['Float']['output'];
  /** Zone ids in which it was seen in the window. */
  zones: Array<Scalars['String']['output']>;
};

/** One node of the graph with its window. */
export type EntityDetail = {
  /** Its rollout revisions, newest first. */
  deployments: Array<Deployment>;
  /** The node, summed over the window. */
  entity: Entity;
  /** Minute by minute, or summed up: see totals. */
  series: Array<MinuteTotal>;
  /** Its transfers in both directions, costliest first. */
  transfers: Array<Transfer>;
  /** The graph version that was answered from. */
  version?: Maybe<GraphVersion>;
  /** The window that was answered. */
  window: AnsweredWindow;
};


/** One node of the graph with its window. */
export type EntityDetailSeriesArgs = {
  buckets?: InputMaybe<Scalars['Int']['input']>;
};


/** One node of the graph with its window. */
export type EntityDetailTransfersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
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

/** What an error is about: `extensions.code`. */
export type ErrorCode =
  /** An argument's value, or a request that is no GraphQL request. */
  | 'BAD_INPUT'
  /** The asker went away, or the service stops. */
  | 'CANCELLED'
  /** Deeper, wider or costlier than allowed: see Limits. */
  | 'COMPLEXITY_LIMIT_EXCEEDED'
  /** The Cypher is not for reading alone, or could take too much. */
  | 'CYPHER_REFUSED'
  /** Signed in, but not allowed (a stream whose asker is allowed something else now ends with it, a WebSocket closes with 4403: connect again), or not a persisted document where only those are answered. */
  | 'FORBIDDEN'
  /** No GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** Not of this schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** A mistake of the service's own; its log has the cause. */
  | 'INTERNAL'
  /** The hash is not known: send the query with it once. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** Asked too often; wait a moment. */
  | 'RATE_LIMITED'
  /** A database did not answer. */
  | 'STORE_UNAVAILABLE'
  /** The answer took too long. */
  | 'TIMEOUT'
  /** More rows than may be given. */
  | 'TOO_MANY_ROWS'
  /** Not signed in, or no longer: a stream of events ends with it, a WebSocket closes with 4401. */
  | 'UNAUTHENTICATED'
  /** Nothing in the window has the id. */
  | 'UNKNOWN_ID'
  /** The version is no longer kept. Other data is never given in its place. */
  | 'VERSION_EXPIRED'
  /** The version is still to come, or nothing is folded yet. */
  | 'VERSION_NOT_YET';

/** How one end of a report was named. */
export type ExplainedEnd = {
  /** Empty where the report has none. */
  address: Scalars['String']['output'];
  /** Id of the node that it was named. */
  entity: Scalars['ID']['output'];
  /** Cluster and node, empty for what is on none. */
  node: Scalars['String']['output'];
  /** For example socket-of-pod, address-of-pod, named-by-its-own-agent. */
  rule: Scalars['String']['output'];
  /** The rule in words. */
  ruleText: Scalars['String']['output'];
};

/** One statement about the world, and since when it was known. */
export type ExplainedFact = {
  /** When it held; null is since ever, and still. */
  from?: Maybe<Scalars['DateTime']['output']>;
  /** Which thing of its kind, for example a pod UID. */
  key: Scalars['String']['output'];
  /** pod, node, service, endpoint, route, ... */
  kind: Scalars['String']['output'];
  /** When the store learnt it, null where nobody recorded that. */
  recordedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who said so, for example kubernetes/CLUSTER or agent/NODE. */
  source: Scalars['String']['output'];
  /** What it says, in one line. */
  text: Scalars['String']['output'];
  /** When it ended, null while it holds. */
  to?: Maybe<Scalars['DateTime']['output']>;
};

/** How one minute of a transfer came about. */
export type ExplainedMinute = {
  /** What the reports that were taken add up to: the transfer's bytes in the minute. */
  bytes: Scalars['Bytes']['output'];
  /** What is known of every pod, node, address, endpoint and route in the pairs: also claims that did not win. */
  facts: Array<ExplainedFact>;
  /** Start of the minute, UTC. */
  minute: Scalars['DateTime']['output'];
  /** One for each pair of addresses that put bytes onto the transfer. */
  pairs: Array<ExplainedPair>;
  /** The version that folded the minute: what was known to it is what is told here. */
  version: Scalars['Version']['output'];
};

/** Both ends' reports of what went from one address to another. */
export type ExplainedPair = {
  /** The rule by which one report was taken, for example sender-covered. */
  choice: Scalars['String']['output'];
  /** The rule in words. */
  choiceText: Scalars['String']['output'];
  /** Address of the receiver. */
  destination: Scalars['String']['output'];
  /** tcp, udp, icmp, ... */
  protocol: Scalars['String']['output'];
  /** As `senderCovered`, of the receiving side. */
  receiverCovered: Scalars['Boolean']['output'];
  /** One for each end that reported. */
  reports: Array<ExplainedReport>;
  /** True where every reporting node of that side was covered for the whole minute. */
  senderCovered: Scalars['Boolean']['output'];
  /** The accepting side's port, 0 for protocols without ports. */
  serverPort: Scalars['Int']['output'];
  /** Address of the sender. */
  source: Scalars['String']['output'];
};

/** One direction of one raw row. */
export type ExplainedReport = {
  /** True where the sender's node reported it. */
  bySender: Scalars['Boolean']['output'];
  /** IP-layer bytes that it reports. */
  bytes: Scalars['Bytes']['output'];
  /** The receiving end. */
  destination: ExplainedEnd;
  /** The raw row. */
  flow: FlowRow;
  /** The way the bytes take, for example vpc, nat, gateway-endpoint. */
  path: Scalars['String']['output'];
  /** The facts that the path rests on, for example "route rtb-1 0.0.0.0/0". */
  pathFacts: Array<Scalars['String']['output']>;
  /** What is not known for a path without assumptions, empty if nothing. */
  pathGap: Scalars['String']['output'];
  /** The rule by which the way was found. */
  pathRule: Scalars['String']['output'];
  /** The rule in words. */
  pathText: Scalars['String']['output'];
  /** The Service that was dialled as namespace/name, empty where none is known. */
  service: Scalars['String']['output'];
  /** The sending end. */
  source: ExplainedEnd;
  /** True where its bytes are the transfer's; the others are the check. */
  taken: Scalars['Boolean']['output'];
};

/** Why a transfer is what it is, computed anew by the code that attributed it. */
export type Explanation = {
  /** Newest first. */
  minutes: Array<ExplainedMinute>;
  /** The transfer, summed over the window. */
  transfer: Transfer;
  /** The graph version that was answered from. */
  version?: Maybe<GraphVersion>;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** One thing that can stand where the cursor is. */
export type FilterCompletion = {
  /** What it is, empty where that is plain. */
  doc: Scalars['String']['output'];
  /** What kind of thing it is. */
  kind: FilterCompletionKind;
  /** What takes the place of `from` to `to`. */
  text: Scalars['String']['output'];
};

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

/** What a text means as a filter, and how it can go on. */
export type FilterCompletions = {
  /** The filter in its one canonical form; null where the text is no filter (yet). */
  canonical?: Maybe<Scalars['String']['output']>;
  /** The likeliest first. */
  completions: Array<FilterCompletion>;
  /** Where in the text the completions go: from this place, in UTF-16 code units, */
  from: Scalars['Int']['output'];
  /** What keeps the text from being a filter; null where it is one. */
  problem?: Maybe<FilterProblem>;
  /** to this one, excluded. */
  to: Scalars['Int']['output'];
};

/** One property that can be asked for in a filter. */
export type FilterField = {
  /** All values, none where there are more than can be listed. */
  choices: Array<Scalars['String']['output']>;
  /** What it means. */
  doc: Scalars['String']['output'];
  /** True where raw flows alone have it: then it is for `flows`. */
  flowsOnly: Scalars['Boolean']['output'];
  /** As it is written; `label` is followed by a dot and the label's key. */
  name: Scalars['String']['output'];
  /** Operators that it takes. */
  operators: Array<Scalars['String']['output']>;
  /** True where it is of an end: `source.` or `destination.` before it asks one end alone, and FROM->TO both. */
  sided: Scalars['Boolean']['output'];
  /** text, choice, number, bytes, amount, duration or address. */
  type: Scalars['String']['output'];
};

/** What keeps a text from being a filter. */
export type FilterProblem = {
  /** What to write instead. */
  hint: Scalars['String']['output'];
  /** How long it is, in UTF-16 code units; 0 where something is missing. */
  length: Scalars['Int']['output'];
  /** What is wrong, and at which letter. */
  message: Scalars['String']['output'];
  /** Where it is, in UTF-16 code units. */
  offset: Scalars['Int']['output'];
};

/** A candidate cause with the evidence for and against it. */
export type Finding = {
  /** Evidence against it, in sentences. */
  against: Array<Scalars['String']['output']>;
  /** When it happened. Null where no fact says so. */
  at?: Maybe<Scalars['DateTime']['output']>;
  /** The score in words: high (80 and more), medium (60 and more) or low. */
  confidence: Scalars['String']['output'];
  /** Id of the node that did it, null where it was none. */
  entity?: Maybe<Scalars['ID']['output']>;
  /** The exact part of the change of cost that falls to it; no part falls to two. */
  explains: Money;
  /** Evidence for it, in sentences. */
  for: Array<Scalars['String']['output']>;
  /** What kind of change it is, such as rollout, rescheduling or price-book. */
  kind: Scalars['String']['output'];
  /** Id of the rollout that did it, null where it was none. */
  revision?: Maybe<Scalars['ID']['output']>;
  /** 0 to 100: 40 for the share of the change that it can explain, 25 for the order in time, 35 for how well the traffic looks like it. */
  score: Scalars['Int']['output'];
  /** What did it, in words. */
  subject: Scalars['String']['output'];
};

/**
 * One direction of one raw row: what an agent said went from one end to the other in a window of at most a minute. Both
 * ends report most transfers: what was taken as the truth has `taken`, the rest is the check.
 */
export type Flow = {
  /** Which machine's agent reported it, as CLUSTER/NODE. */
  agent: Scalars['String']['output'];
  /** The batch that carried it: boot and sequence. */
  batch: Scalars['String']['output'];
  /** True where the agent is at the sending end. */
  bySender: Scalars['Boolean']['output'];
  /** IP-layer bytes, headers and retransmissions included. */
  bytes: Scalars['Bytes']['output'];
  /** How many connections were first seen in the window. */
  connections: Scalars['Int']['output'];
  /** Id of the receiving end. */
  destination: Scalars['ID']['output'];
  /** Empty where the report has none. */
  destinationAddress: Scalars['String']['output'];
  /** Name of the receiving end. */
  destinationName: Scalars['String']['output'];
  /** Zone id, empty where not known. */
  destinationZone: Scalars['String']['output'];
  /** Good for telling rows apart; no id of a Node. */
  id: Scalars['ID']['output'];
  /** Which end opened the connections. */
  initiator: Initiator;
  /** IP packets. */
  packets: Scalars['Bytes']['output'];
  /** The way the bytes take, for example vpc, nat, gateway-endpoint. */
  path: Scalars['String']['output'];
  /** Transport payload bytes. */
  payloadBytes: Scalars['Bytes']['output'];
  /** tcp, udp, icmp, ... */
  protocol: Scalars['String']['output'];
  /** Of these, packets that were sent again; 0 by a receiver, who cannot know. */
  retransmittedPackets: Scalars['Bytes']['output'];
  /** Smoothed round-trip time in microseconds, null where unknown. */
  rttMicros?: Maybe<Scalars['Int']['output']>;
  /** The accepting side's port, 0 for protocols without ports. */
  serverPort: Scalars['Int']['output'];
  /** Id of the sending end. */
  source: Scalars['ID']['output'];
  /** Empty where the report has none. */
  sourceAddress: Scalars['String']['output'];
  /** Name of the sending end. */
  sourceName: Scalars['String']['output'];
  /** Zone id, empty where not known. */
  sourceZone: Scalars['String']['output'];
  /** True where its bytes are the transfer's. */
  taken: Scalars['Boolean']['output'];
  /** Id of the transfer that it is a part of, or would be by this report. */
  transfer: Scalars['ID']['output'];
  /** The gateway or endpoint on the way, empty where there is none. */
  via: Scalars['String']['output'];
  /** How long that is. */
  windowSeconds: Scalars['Float']['output'];
  /** Where the time begins in which it was counted. */
  windowStart: Scalars['DateTime']['output'];
};

/** Raw rows. To count them is to read and attribute them all: only where a total is asked for, of at most 10 minutes. */
export type FlowConnection = {
  /** The flows of this page. */
  edges: Array<FlowEdge>;
  /** Whether there are more, and where to go on. */
  pageInfo: PageInfo;
  /** How many of them lie behind this page; null as `totalCount`. */
  rest?: Maybe<Scalars['Int']['output']>;
  /** How many match in the window; null where it has more than 10 minutes, which are not counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** Null while nothing is folded. */
  version?: Maybe<GraphVersion>;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** One flow with its place in the list. */
export type FlowEdge = {
  /** Where a page behind it begins. */
  cursor: Scalars['String']['output'];
  /** The flow. */
  node: Flow;
};

/** One raw row, as an agent reported it. */
export type FlowRow = {
  /** Cluster and node of the agent. */
  agent: Scalars['String']['output'];
  /** The batch that carried it: boot and sequence. */
  batch: Scalars['String']['output'];
  /** Connections that were opened in the window. */
  connections: Scalars['Int']['output'];
  /** Address of the end on the agent's node. */
  localAddress: Scalars['String']['output'];
  /** Pod UID, or what else tells the local end apart. */
  localId: Scalars['String']['output'];
  /** pod, node or unknown. */
  localKind: Scalars['String']['output'];
  /** tcp, udp, icmp, ... */
  protocol: Scalars['String']['output'];
  /** IP-layer bytes. */
  receivedBytes: Scalars['Bytes']['output'];
  /** Packets. */
  receivedPackets: Scalars['Bytes']['output'];
  /** Transport payload bytes. */
  receivedPayloadBytes: Scalars['Bytes']['output'];
  /** Address of the other end, after translation. */
  remoteAddress: Scalars['String']['output'];
  /** client or server: which end opened the connection. */
  role: Scalars['String']['output'];
  /** IP-layer bytes. */
  sentBytes: Scalars['Bytes']['output'];
  /** Packets. */
  sentPackets: Scalars['Bytes']['output'];
  /** Transport payload bytes. */
  sentPayloadBytes: Scalars['Bytes']['output'];
  /** The accepting side's port, 0 for protocols without ports. */
  serverPort: Scalars['Int']['output'];
  /** The Service address that was dialled, null where there was none. */
  virtualAddress?: Maybe<Scalars['String']['output']>;
  /** The port that was dialled there, null where it is not known. */
  virtualPort?: Maybe<Scalars['Int']['output']>;
  /** How long it was counted. */
  windowSeconds: Scalars['Float']['output'];
  /** When counting began. */
  windowStart: Scalars['DateTime']['output'];
};

/** In which direction transfers are followed from node to node. */
export type Follow =
  /** With the connections: from the end that opened them to the end that accepted; either way where that is not known. */
  | 'CALLS'
  /** With the bytes: from sender to receiver. */
  | 'DATA';

/** How the rest of a month was forecast. */
export type ForecastMethod =
  /** By the median of each hour of the day. */
  | 'HOUR_OF_DAY'
  /** By the median of each hour of the week: from two measured weeks on. */
  | 'HOUR_OF_WEEK'
  /** Not at all: too little is measured. `unknown` says how much it takes. */
  | 'NONE';

/** A node that was found, with what passed it in the window. */
export type FoundNode = {
  /** Bytes it received in the window. */
  bytesIn: Scalars['Bytes']['output'];
  /** Bytes it sent in the window. */
  bytesOut: Scalars['Bytes']['output'];
  /** Cost of the transfers it is an end of. */
  cost: Money;
  /** The element itself. */
  node: NodeRef;
  /** Workload kind (Deployment, ...), endpoint class or the reason for being unknown. */
  type: Scalars['String']['output'];
  /** Zone ids that it touches. */
  zones: Array<Scalars['String']['output']>;
};

/** What changed between two windows. */
export type GraphDiff = {
  /** The later window. */
  after: DiffSide;
  /** Groups that carried nothing before. */
  appeared: DiffSum;
  /** The earlier window. */
  before: DiffSide;
  /** Groups that carry something else. */
  changed: DiffSum;
  /** Groups that carry nothing after. */
  disappeared: DiffSum;
  /** What a row or line stands for, as it was asked for. */
  groupBy: Dimension;
  /** Nodes that are new, gone or changed, largest change of cost first. */
  nodes: Array<NodeChange>;
  /** What the limit left out of `rows`: always counted, never silent. */
  rest: DiffSum;
  /** Groups that changed, largest change first. */
  rows: Array<DiffRow>;
  /** True where both windows are equally long: else totals are of different times. */
  sameLength: Scalars['Boolean']['output'];
  /** Everything, changed or not. It is the sum of appeared, disappeared, changed and unchanged. */
  total: DiffSum;
  /** Groups that carry the same bytes at the same cost. */
  unchanged: DiffSum;
};


/** What changed between two windows. */
export type GraphDiffNodesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A version, and how far it can be trusted. */
export type GraphMeta = {
  /** True where traffic is the lab's or a recording's and not this system's own. */
  lab: Scalars['Boolean']['output'];
  /** Seconds between the end of the newest folded minute and now. */
  lagSeconds: Scalars['Int']['output'];
  /** Bytes that agents reported as lost in the version's minutes, null where a loss of unknown size was reported. */
  lostBytes?: Maybe<Scalars['Bytes']['output']>;
  /** The version itself. */
  version: GraphVersion;
};

/** One immutable version of the graph. */
export type GraphVersion = Node & {
  /** Wire bytes of all transfers; null as above. */
  bytes?: Maybe<Scalars['Bytes']['output']>;
  /** Version of Egressor that folded it. */
  codeVersion: Scalars['String']['output'];
  /** When it was committed. */
  committedAt: Scalars['DateTime']['output'];
  /** Cost of all transfers; null as above. */
  cost?: Maybe<Money>;
  /** SHA-256 over the previous digest, this version's header and its content, in hexadecimal. */
  digest: Scalars['String']['output'];
  /** Digest of the facts (pods, nodes, endpoints, routes) that were used. */
  factsDigest: Scalars['String']['output'];
  /** The minutes it folded, half open. */
  from: Scalars['DateTime']['output'];
  /** v and its number, for example v4711. */
  id: Scalars['ID']['output'];
  /** Digest of the raw rows it was folded from. */
  inputDigest: Scalars['String']['output'];
  /** Why it was made. */
  kind: VersionKind;
  /** How many nodes it has. Like every sum over the whole version, null for who may not see everything. */
  nodes?: Maybe<Scalars['Int']['output']>;
  /** 1, 2, 3, ... */
  number: Scalars['Version']['output'];
  /** The digest before, empty for version 1. */
  previousDigest: Scalars['String']['output'];
  /** Name and version of the price book. */
  priceBook: Scalars['String']['output'];
  /** How tiers and allowances were applied: list or marginal. */
  pricingMode: Scalars['String']['output'];
  /** End of its minutes, excluded. */
  to: Scalars['DateTime']['output'];
  /** How many transfers it has; null as above. */
  transfers?: Maybe<Scalars['Int']['output']>;
  /** Bytes with an end that could not be identified; null as above. */
  unknownBytes?: Maybe<Scalars['Bytes']['output']>;
  /** Bytes for which the price book has no sourced price; null as above. */
  unpricedBytes?: Maybe<Scalars['Bytes']['output']>;
};

/** A page of versions. */
export type GraphVersionConnection = {
  /** The page, in order. */
  edges: Array<GraphVersionEdge>;
  /** Whether there is more, and from where on. */
  pageInfo: PageInfo;
  /** How many of them lie behind this page. */
  rest: Scalars['Int']['output'];
  /** How many versions are kept, on this page or not. */
  totalCount: Scalars['Int']['output'];
};

/** A version and its place. */
export type GraphVersionEdge = {
  /** Where this element stands: give it as `after`. */
  cursor: Scalars['String']['output'];
  /** The element itself. */
  node: GraphVersion;
};

/** The graph over a window. */
export type GraphView = {
  /** Ends of the transfers drawn. */
  nodes: Array<Entity>;
  /** What `limit` and `nodes` left out: always counted, never silent. */
  rest: TransferSum;
  /** How many nodes of the window are no ends of the transfers given; what they moved is in `rest`. */
  restNodes: Scalars['Int']['output'];
  /** Everything in the window, drawn or not. */
  total: TransferSum;
  /** Those drawn, costliest first. */
  transfers: Array<Transfer>;
  /** Null while nothing is folded. */
  version?: Maybe<GraphVersion>;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** One event in which transfers deviated together: what, since when, who, how much a day, and why. */
export type Incident = Node & {
  /** The deviating series, costliest first, at most 50. */
  anomalies: Array<Anomaly>;
  /** The answer to "why" in a sentence. "Cause not found" is one. */
  conclusion: Scalars['String']['output'];
  /** What was said of it, newest first. */
  decisions: Array<Decision>;
  /** The end of the minute in which that was sure. */
  detected: Scalars['DateTime']['output'];
  /** The transfers that it is about, as a filter (docs/filter.md) for a window; empty where it is about no two ends, such as another price. */
  filter: Scalars['String']['output'];
  /** Candidate causes, likeliest first. */
  findings: Array<Finding>;
  /** Stable for its whole life. */
  id: Scalars['ID']['output'];
  /** What was paid beyond the expected so far: exact payments less an estimate. */
  impact: Money;
  /** The impact at the rate so far, over a day: the severity. */
  impactPerDay: Money;
  /** What the impact a day lies between: what would have been paid is an estimate. Null where the range is not known. */
  impactPerDayRange?: Maybe<MoneyRange>;
  /** What was asked about it and answered, newest first: by people, and by rule at the versions that opened, changed and ended it. Those that the asker may see. */
  investigations: Array<Investigation>;
  /** That of its costliest anomaly. */
  kind: AnomalyKind;
  /** The change of cost against the time before, split exactly. */
  parts: CostParts;
  /** What to do first about the likeliest cause, and how to undo that. */
  remedy: Remedy;
  /** The first minute that was off. */
  since: Scalars['DateTime']['output'];
  /** What people made of it. */
  state: IncidentState;
  /** The end of the newest minute that the figures are of; renewed every five minutes while it lasts. Null for an incident that was told before this was kept. */
  through?: Maybe<Scalars['DateTime']['output']>;
  /** What happened, between whom and what it costs, in one line. */
  title: Scalars['String']['output'];
  /** The first minute that was as usual again. Null while it lasts. */
  until?: Maybe<Scalars['DateTime']['output']>;
  /** The graph version that it was last looked at in. */
  version: Scalars['Version']['output'];
};

/** A page of incidents. */
export type IncidentConnection = {
  /** The page, in order. */
  edges: Array<IncidentEdge>;
  /** Whether there is more, and from where on. */
  pageInfo: PageInfo;
  /** How many of them lie behind this page. */
  rest: Scalars['Int']['output'];
  /** How many incidents there are, on this page or not; those that the asker may see. */
  totalCount: Scalars['Int']['output'];
};

/** An incident and its place. */
export type IncidentEdge = {
  /** Where this element stands: give it as `after`. */
  cursor: Scalars['String']['output'];
  /** The element itself. */
  node: Incident;
};

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

/** A question that was put to the investigator, on the record with its answer. */
export type Investigation = Node & {
  /** The answer in Markdown, as far as it has come. */
  answer: Scalars['String']['output'];
  /** Name of who asked. */
  by: Scalars['String']['output'];
  /** What they cost by the model's price, a decimal in US dollars; null where no price is known. */
  costUsd?: Maybe<Scalars['String']['output']>;
  /** Null while it runs. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** claude or rules. */
  engine: Scalars['String']['output'];
  /** The calls of tools with their results, in order; results beyond 256 KiB together are left out. */
  evidence: Array<InvestigationStep>;
  /** Why it failed, empty where it did not. */
  failure: Scalars['String']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The incident that it is about, null for none. */
  incident?: Maybe<Scalars['ID']['output']>;
  /** Tokens that the model took, 0 where rules answered. */
  inputTokens: Scalars['Int']['output'];
  /** All of it as a document: question, answer, version, evidence, what it took. */
  markdown: Scalars['String']['output'];
  /** Why it was made: somebody asked, or an incident began, changed or ended. */
  occasion: InvestigationOccasion;
  /** Tokens that the model wrote, 0 where rules answered. */
  outputTokens: Scalars['Int']['output'];
  /** As it was asked. */
  question: Scalars['String']['output'];
  /**
   * The same asked again at its version. Null where it cannot be: what people asked, and what a model answered, is no
   * function of a version. An error where the version is not kept any more: it is pinned for as long as there is room.
   */
  replay?: Maybe<Replay>;
  /** When it was asked. */
  startedAt: Scalars['DateTime']['output'];
  /** Whether it runs. */
  state: InvestigationState;
  /** Names of the stored operations that were asked, in order. */
  steps: Array<Scalars['String']['output']>;
  /** Numbers in the answer that no tool result contains, as written. */
  unproven: Array<Scalars['String']['output']>;
  /** The graph version that the answer is about, null where nothing was folded or it is not done. */
  version?: Maybe<Scalars['Version']['output']>;
};

/** A page of investigations. */
export type InvestigationConnection = {
  /** The page, in order. */
  edges: Array<InvestigationEdge>;
  /** Whether there is more, and from where on. */
  pageInfo: PageInfo;
  /** How many of them lie behind this page. */
  rest: Scalars['Int']['output'];
  /** How many investigations there are, on this page or not; those that the asker may see. */
  totalCount: Scalars['Int']['output'];
};

/** An investigation and its place. */
export type InvestigationEdge = {
  /** Where this element stands: give it as `after`. */
  cursor: Scalars['String']['output'];
  /** The element itself. */
  node: Investigation;
};

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

/** One call of a tool. */
export type InvestigationStep = {
  /** Why there is no result, empty where there is one. */
  error: Scalars['String']['output'];
  /** Its input, as JSON. */
  input: Scalars['String']['output'];
  /** Its result, as JSON with references; empty where it failed. */
  result: Scalars['String']['output'];
  /** Name of the stored operation, or calculate. */
  tool: Scalars['String']['output'];
};

/** Who answers questions in words. */
export type InvestigatorStatus = {
  /** claude with a key, rules without. */
  engine: Scalars['String']['output'];
  /** Model name, empty for rules. */
  model: Scalars['String']['output'];
  /** What to tell people, for example that no key is set and what to do. */
  notice: Scalars['String']['output'];
  /** Questions that can be asked with or without a key. */
  suggestions: Array<Scalars['String']['output']>;
};

/** What one request may ask for. A request beyond one of these is refused whole, with the limit in the message. */
export type Limits = {
  /** Aliases in a query, its fragments spread. */
  aliases: Scalars['Int']['output'];
  /** Bytes of a request's body. */
  bodyBytes: Scalars['Bytes']['output'];
  /** Complexity: a field costs 1, a read of a whole window 50, a smaller question to a store 10. */
  complexity: Scalars['Int']['output'];
  /** Levels of a query. */
  depth: Scalars['Int']['output'];
  /** Rows, or nodes, of a diff. */
  diffRows: Scalars['Int']['output'];
  /** True where only persisted documents are answered. */
  documentsOnly: Scalars['Boolean']['output'];
  /** Every code that an error's extensions can have; each comes with a hint. */
  errorCodes: Array<ErrorCode>;
  /** Fields of a query, its fragments spread. */
  fields: Scalars['Int']['output'];
  /** Raw rows of one transfer. */
  flowRows: Scalars['Int']['output'];
  /** Hops of a path. */
  pathHops: Scalars['Int']['output'];
  /** Paths of one answer. */
  paths: Scalars['Int']['output'];
  /** Seconds until a query is given up with TIMEOUT. */
  seconds: Scalars['Int']['output'];
  /** Tokens of a query's text. */
  tokens: Scalars['Int']['output'];
  /** Transfers on one page or map. */
  transfers: Scalars['Int']['output'];
  /** Versions on one page. */
  versions: Scalars['Int']['output'];
  /** Minutes of a window. */
  windowMinutes: Scalars['Int']['output'];
};

/** What happened in a window beside its bytes, newest first. */
export type Marks = {
  /** Incidents that lasted in it: they began before its end, and were not over at its beginning. */
  incidents: Array<Incident>;
  /** True where older incidents were left out. */
  moreIncidents: Scalars['Boolean']['output'];
  /** True where older rollouts of the window were left out. */
  moreRollouts: Scalars['Boolean']['output'];
  /** Rollouts that began in it. */
  rollouts: Array<Rollout>;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** How far one minute was reported by a node's agent. */
export type MinuteCoverage = {
  /** Seconds of the minute that it reported on. */
  coveredSeconds: Scalars['Float']['output'];
  /** True where it reported on the whole minute and lost nothing: then its word is taken for what its node sent. */
  full: Scalars['Boolean']['output'];
  /** True where it reported a loss. */
  lost: Scalars['Boolean']['output'];
  /** Seconds of the minute for which it reported a loss; a loss may have no length. */
  lostSeconds: Scalars['Float']['output'];
  /** Start of the minute, UTC. */
  minute: Scalars['DateTime']['output'];
};

/** One minute of a series. A minute that was not folded has none. */
export type MinuteTotal = {
  /** IP-layer bytes of the minute. */
  bytes: Scalars['Bytes']['output'];
  /** Their cost. */
  cost: Money;
  /** The minute, or the first of the part. */
  minute: Scalars['DateTime']['output'];
};

/** An exact amount of money. */
export type Money = {
  /** The exact amount in units of the currency, as a decimal string with as many digits as it takes. */
  amount: Scalars['String']['output'];
  /** ISO 4217 code, for example USD. */
  currency: Scalars['String']['output'];
  /** The amount rounded for people, with its currency, for example "$0.0042". */
  display: Scalars['String']['output'];
  /** The amount in 10^-9 of the currency unit, rounded half to even: for sorting and charts, not for sums. */
  nano: Scalars['Bytes']['output'];
};

/** What a figure that is partly an estimate lies between. */
export type MoneyRange = {
  /** The upper end. */
  high: Money;
  /** The lower end. */
  low: Money;
  /** How often the true figure lies between the two, in per cent. */
  percent: Scalars['Int']['output'];
};

/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type Mutation = {
  /** Says that a recommendation will be followed. For analysts. */
  acceptRecommendation: Recommendation;
  /** Says that somebody looks into an incident. For analysts. */
  acknowledgeIncident: Incident;
  /** Takes a name from a version. For analysts; one that is not there is as good as taken. */
  deleteTag: Scalars['String']['output'];
  /** Ends a view: one's own, or as an admin anybody's. The answer is its id, also where there is none any more. */
  deleteView: Scalars['ID']['output'];
  /** Says that a recommendation will not be followed, and why. For analysts. */
  dismissRecommendation: Recommendation;
  /** Ends what was stated of something outside. For admins who may see everything. */
  endEndpoint: StatedEndpoint;
  /** Puts an overlay in force, or replaces the one of its name. Minutes since then are priced again, as versions. For admins who may see everything. */
  putPriceOverlay: PriceOverlay;
  /** Takes back what was said of an incident. For analysts. */
  reopenIncident: Incident;
  /** Takes back what was said of a recommendation. For analysts. */
  reopenRecommendation: Recommendation;
  /** Says that nothing more is to be done about an incident. For analysts. */
  resolveIncident: Incident;
  /** States something outside, or states it anew: what was stated before ends where this begins. For admins who may see everything. */
  saveEndpoint: StatedEndpoint;
  /** Keeps a state of the user interface under a name. The asker's view of that name is replaced. For viewers; to share it, for analysts. */
  saveView: View;
  /** Puts a question to the investigator and keeps its answer: see investigation and investigationProgress. For analysts; at most 8 run at a time. */
  startInvestigation: Investigation;
  /**
   * Gives a version a name, for asOf. A name keeps its version: one that is taken by another is refused, until
   * `deleteTag`. A tag keeps no version from expiring. For analysts.
   */
  tagVersion: VersionTag;
  /** Takes an overlay out of force. The minutes it held for are priced again, as versions. The answer is its name, also where it is not in force. For admins who may see everything. */
  withdrawPriceOverlay: Scalars['ID']['output'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationAcceptRecommendationArgs = {
  id: Scalars['ID']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
  note?: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationAcknowledgeIncidentArgs = {
  id: Scalars['ID']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
  note?: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationDeleteTagArgs = {
  name: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationDeleteViewArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationDismissRecommendationArgs = {
  id: Scalars['ID']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
  reason: Scalars['String']['input'];
  until?: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationEndEndpointArgs = {
  at?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
  note?: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationPutPriceOverlayArgs = {
  from: Scalars['DateTime']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
  note?: Scalars['String']['input'];
  text: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationReopenIncidentArgs = {
  id: Scalars['ID']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
  note?: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationReopenRecommendationArgs = {
  id: Scalars['ID']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
  note?: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationResolveIncidentArgs = {
  id: Scalars['ID']['input'];
  key?: InputMaybe<Scalars['String']['input']>;
  note?: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationSaveEndpointArgs = {
  endpoint: EndpointInput;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  key?: InputMaybe<Scalars['String']['input']>;
  note?: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationSaveViewArgs = {
  key?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  shared?: Scalars['Boolean']['input'];
  state: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationStartInvestigationArgs = {
  incident?: InputMaybe<Scalars['ID']['input']>;
  key?: InputMaybe<Scalars['String']['input']>;
  question?: Scalars['String']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationTagVersionArgs = {
  key?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  note?: Scalars['String']['input'];
  version: Scalars['Version']['input'];
};


/**
 * Changes. Each needs a role (see docs/formats/access.md), keeps to the scopes of who asks, is on the audit log, and is kept
 * beside what was decided before: nothing is overwritten. Asked again with the same `key`, or for what is so already, it
 * changes nothing and gives the same answer. Sent by POST, by WebSocket or as an event stream, never by GET.
 */
export type MutationWithdrawPriceOverlayArgs = {
  key?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['ID']['input'];
  note?: Scalars['String']['input'];
};

/** A Kubernetes namespace of a cluster with the traffic of a window. Each byte of a transfer with an end in it is in exactly one of `out`, `in` and `inside`. */
export type Namespace = Node & {
  /** Name of its cluster. */
  cluster: Scalars['String']['output'];
  /** How many nodes of the graph in it had traffic. */
  ends: Scalars['Int']['output'];
  /** Its transfers in the filter language: the filter of a window, to ask anything else about it. */
  filter: Scalars['String']['output'];
  /** ns/, cluster and name: ns/prod/shop. */
  id: Scalars['ID']['output'];
  /** What comes into it from anywhere else. */
  in: TransferSum;
  /** What stays within it. */
  inside: TransferSum;
  /** Name of the namespace. */
  name: Scalars['String']['output'];
  /** What goes from it to anywhere else. */
  out: TransferSum;
  /** All three. */
  total: TransferSum;
};

/** The namespaces of a window. */
export type NamespaceSet = {
  /** How many there are, listed or not. */
  count: Scalars['Int']['output'];
  /** Largest first. */
  namespaces: Array<Namespace>;
  /** Transfers without an end in any that is listed. */
  rest: TransferSum;
  /** All transfers of the window; those between two of these are counted in both, so that these add up to more. */
  total: TransferSum;
  /** The graph version that was answered from. */
  version: GraphVersion;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** Whatever has an id that is its own in the whole API. */
export type Node = {
  /** Its id. */
  id: Scalars['ID']['output'];
};

/** One node before and after. */
export type NodeChange = {
  /** As it is now. */
  after: NodeSum;
  /** As it was. */
  before: NodeSum;
  /** Whether it is new, gone or changed. */
  change: ChangeKind;
  /** Change of the cost of the transfers that it is an end of, negative for a decrease. */
  costChange: Money;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Workload, machine, outside or unknown. */
  kind: EntityKind;
  /** Display name. */
  name: Scalars['String']['output'];
};

/** How far one node's agent reported the minutes of a window. */
export type NodeCoverage = {
  /** Name of the cluster. */
  cluster: Scalars['String']['output'];
  /** The minutes that it reported anything on, oldest first. */
  minutes: Array<MinuteCoverage>;
  /** Name of the machine. */
  node: Scalars['String']['output'];
};

/** A node, by name. */
export type NodeRef = {
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Workload, machine, outside or unknown. */
  kind: EntityKind;
  /** Display name. */
  name: Scalars['String']['output'];
  /** Kubernetes namespace, empty for what has none. */
  namespace: Scalars['String']['output'];
};

/** What passed one node. A transfer counts at both of its ends, so that nodes do not add up to a total. */
export type NodeSum = {
  /** Bytes it received. */
  bytesIn: Scalars['Bytes']['output'];
  /** Bytes it sent. */
  bytesOut: Scalars['Bytes']['output'];
  /** Cost of the transfers that it is an end of. */
  cost: Money;
  /** Transfers that it is an end of. */
  transfers: Scalars['Int']['output'];
};

/** One column. Its numbers are little-endian, one after the other, in base64. */
export type PackedColumn = {
  /** The numbers; empty where the column is of texts. */
  data: Scalars['String']['output'];
  /** docs/formats/packed.md says what each name means and its unit. */
  name: Scalars['String']['output'];
  /** With numbers: what they are places in, empty where they are figures. Without: the column's texts. */
  texts: Array<Scalars['String']['output']>;
  /** How its values are written. */
  type: PackedType;
};

/** A window's graph as columns. All columns of a table are equally long. */
export type PackedGraph = {
  /** Currency of the columns `cost`, ISO 4217. */
  currency: Scalars['String']['output'];
  /** Ends of the transfers that are drawn. */
  nodes: PackedTable;
  /** What `limit` and `nodes` left out: always counted, never silent. */
  rest: TransferSum;
  /** How many nodes of the window are no ends of the transfers given; what they moved is in `rest`. */
  restNodes: Scalars['Int']['output'];
  /** Everything in the window that was meant, drawn or not. */
  total: TransferSum;
  /** Transfers that are drawn. */
  transfers: PackedTable;
  /** The graph version that was answered from. */
  version?: Maybe<GraphVersion>;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** Rows as columns. */
export type PackedTable = {
  /** In order. */
  columns: Array<PackedColumn>;
  /** How many rows it has. */
  rows: Scalars['Int']['output'];
};

/** What the numbers of a packed column are. */
export type PackedType =
  /** Places on the map, as IEEE 754 single floats. */
  | 'F32'
  /** Whole numbers below 2^53, as IEEE 754 doubles. */
  | 'F64'
  /** No numbers: `texts` has one for each row. */
  | 'TEXT'
  /** One byte each, unsigned. */
  | 'U8'
  /** Two bytes each, unsigned. */
  | 'U16'
  /** Four bytes each, unsigned. */
  | 'U32'
  /** 64 bits, of ids: 16 hexadecimal digits each. */
  | 'U64';

/** A page's place, as Relay defines it. */
export type PageInfo = {
  /** Cursor of the last element, null where there is none. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** True where there is more behind the page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** True where the page is not the first. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first element, null where there is none. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A text that makes a change or undoes it. */
export type Patch = {
  /** The text itself. */
  text: Scalars['String']['output'];
  /** kubernetes (YAML or kubectl), terraform, aws-cli, containerd or text. */
  tool: Scalars['String']['output'];
};

/** Everything that goes from one node to the next, in the direction that was followed. */
export type PathHop = {
  /** Bytes that go this way. */
  bytes: Scalars['Bytes']['output'];
  /** Their cost. */
  cost: Money;
  /** Bytes between two zones that are known and differ. */
  crossZoneBytes: Scalars['Bytes']['output'];
  /** Where the hop begins. */
  from: NodeRef;
  /** Where it leads. */
  to: NodeRef;
  /** Its costliest transfers. */
  transferIds: Array<Scalars['ID']['output']>;
  /** How many transfers it adds up. */
  transfers: Scalars['Int']['output'];
};


/** Everything that goes from one node to the next, in the direction that was followed. */
export type PathHopTransferIdsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The answer of paths. */
export type PathSet = {
  /** In order of length, then of bytes. */
  paths: Array<TransferPath>;
  /** The graph version that was answered from. */
  version: GraphVersion;
  /** False where there are more ways than the limit, or the search stopped at its bound of 200,000 steps. */
  whole: Scalars['Boolean']['output'];
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** An overlay on the price books (docs/formats/overlay.md) that holds from a moment on: it takes the place of that of the settings, and of those that begin before it. */
export type PriceOverlay = {
  /** When that was done. */
  at: Scalars['DateTime']['output'];
  /** Name of who put it in force. */
  by: Scalars['String']['output'];
  /** Start of the first minute that it holds for. */
  from: Scalars['DateTime']['output'];
  /** As its text says. */
  name: Scalars['ID']['output'];
  /** What others should know, empty for nothing. */
  note: Scalars['String']['output'];
  /** YAML. */
  text: Scalars['String']['output'];
};

/** Everything that can be asked. */
export type Query = {
  /** The machines whose agents reported anything of a window, by name, as known now: what a bill's machines are compared with. None for who may not see everything. */
  agentMachines: Array<AgentMachine>;
  /** Agents and what they cover, newest first. */
  agents: Array<AgentStatus>;
  /** What would be sent to the model's provider if a question were asked now, as JSON; nothing is sent. Empty where rules answer. */
  askPreview: Scalars['String']['output'];
  /** What was sent to the model's provider in a conversation of the asker's, as JSON, oldest first: at most the newest 16 requests. */
  askSent: Array<Scalars['String']['output']>;
  /** Who is hit when a node or a gateway is gone or slow: those that call it, those that call these, and so on. */
  blastRadius: Reachability;
  /** How far each node's agent reported each minute of a window, as known now. It decides whose report of a transfer is taken. At most 24 hours. */
  coverage: Array<NodeCoverage>;
  /**
   * Sets of workloads that talk across zones in circles, costliest first: each reaches each other one by traffic between
   * zones, so that moving one of them alone does not end it.
   */
  crossZoneCircles: CrossZoneCircles;
  /**
   * Cypher on the graph as it is now, for reading alone: a statement, refused with CYPHER_REFUSED where it may do more or
   * take too much. docs/formats/graph.md describes the graph.
   */
  cypher: CypherAnswer;
  /**
   * What changed between two windows, exactly: this hour against the same hour yesterday, or one window as known in two
   * versions. Where neither window names a version, both are answered from the newest one.
   */
  diff: GraphDiff;
  /** One node of the graph by id, with its own transfers. Null where no version ever held it. */
  entity?: Maybe<EntityDetail>;
  /** Why a transfer is what it is: for its newest minutes, the chain from raw rows to the transfer. Null where the window holds none of it. */
  explain?: Maybe<Explanation>;
  /**
   * What a text in the filter language means, what is wrong with it, and what can stand at a cursor. The values that are
   * offered are those of the window's transfers, those with most bytes first.
   */
  filterCompletions: FilterCompletions;
  /** What can be asked for in a filter. */
  filterFields: Array<FilterField>;
  /**
   * Raw rows as the agents reported them, newest first, each direction by itself and with both ends named as the minute's
   * version names them. At most 60 minutes; the newest 5 by default. Fields of raw flows (address, agent, role) may be
   * filtered by; sums are those of the row.
   */
  flows: FlowConnection;
  /**
   * What the calendar month (UTC) that the window ends in has cost and will have cost: bytes alone, without what costs by
   * the hour. Of the window its end, its version and its filter count. Worked out from measured hours by medians, so that
   * one version always gives the same forecast.
   */
  forecast: CostForecast;
  /** The transfer graph over a window: the costliest transfers and their ends; what is left out is summed in `rest`. */
  graph: GraphView;
  /** A window's transfers added up in groups, largest first: by team, by pair of zones, by path and so on. */
  groups: TransferGroups;
  /** One incident by id. Null where there is none. */
  incident?: Maybe<Incident>;
  /** Incidents, newest first. */
  incidents: IncidentConnection;
  /** One investigation by id. Null where there is none. */
  investigation?: Maybe<Investigation>;
  /** Investigations of the asker's, and of others whose scopes the asker's cover, newest first. */
  investigations: InvestigationConnection;
  /** Whether the investigator can be asked, and how. */
  investigator: InvestigatorStatus;
  /** What one request may ask for. */
  limits: Limits;
  /**
   * What happened in a window beside its bytes: rollouts that began in it and incidents that lasted in it, for marks on a time line. Also what was
   * found since the version was committed.
   */
  marks: Marks;
  /** The newest version, or the one that `asOf` names, and how far the data can be trusted. Null while nothing is folded. */
  meta?: Maybe<GraphMeta>;
  /** Kubernetes namespaces with traffic in a window, those that the asker may see. */
  namespaces: NamespaceSet;
  /** Who exchanges bytes with a node, directly or through others: nearest first, then costliest. */
  neighbourhood: Reachability;
  /** Anything that has an id, by it: what it is now, in the newest version. Null where there is none that the asker may see. */
  node?: Maybe<Node>;
  /**
   * `graph` as columns: for maps of many transfers, at a twentieth of the server's work. Same nodes, same transfers, same
   * order. docs/formats/packed.md describes the columns.
   */
  packedGraph: PackedGraph;
  /** The ways from one node to another that visit no node twice, shortest first, then those with the most bytes. */
  paths: PathSet;
  /** Overlays in force or to come by `putPriceOverlay`, by their first minute; none for who may not see everything. */
  priceOverlays: Array<PriceOverlay>;
  /** One recommendation by id. Null where there is none. */
  recommendation?: Maybe<Recommendation>;
  /** Changes that would save money, the most saving first. Each saving is what is left after those before it: they add up. */
  recommendations: Array<Recommendation>;
  /**
   * The clouds' own bills that were given (`--bills`), the newest month first and at most 12, each against what was counted
   * in its month: bytes first, then cost. Empty where none was given, and for who may not see everything.
   */
  reconciliations: Array<Reconciliation>;
  /** Cypher queries that are shipped. */
  savedCypher: Array<SavedCypher>;
  /** Nodes of a window whose id or name has every word of a text in it, costliest first. */
  search: SearchResult;
  /** Which version of Egressor answers. */
  serviceVersion: Scalars['String']['output'];
  /** Nodes that at least two of some nodes call, those with the most callers first. */
  sharedDestinations: SharedDestinations;
  /** What people stated of the outside by `saveEndpoint`, what has ended included; none for who may not see everything. */
  statedEndpoints: Array<StatedEndpoint>;
  /**
   * What a window costs, as lines of a bill: grouped by whatever is asked for, either as the cloud bills it or by who
   * caused it. Every grouping and both views add up to the same total, and every line says what is behind it: charge
   * lines with rule, price row and source; the transfers, whose `flows` are the raw rows.
   */
  statement: Statement;
  /** Names that people gave to versions, by name. */
  tags: Array<VersionTag>;
  /** Totals per minute of the window: the strip under the map. */
  totals: Array<MinuteTotal>;
  /** One transfer by id. Null where the window holds none of it. */
  transfer?: Maybe<TransferDetail>;
  /** Transfers of a window, ordered. */
  transfers: TransferConnection;
  /** What became of recommendations that facts say are followed, the newest change first, at most 200. */
  verdicts: Array<Verdict>;
  /** Versions, newest first. */
  versions: GraphVersionConnection;
  /** The asker's views and those that are shared with them, by name. */
  views: Array<View>;
  /** How the watch of each Kubernetes cluster fares, by name; empty where none is watched, and for who may not see everything. */
  watches: Array<ClusterWatch>;
  /**
   * What a recommendation would change of the graph, transfer by transfer, before and after: for drawing it. Also of one that is not made any more.
   * Null where there never was one, or where the asker may not see all that it concerns.
   */
  whatIf?: Maybe<WhatIf>;
  /** Availability zones with traffic in a window. Sums are of the transfers that the asker may see. */
  zones: ZoneSet;
};


/** Everything that can be asked. */
export type QueryAgentMachinesArgs = {
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryAskPreviewArgs = {
  conversation?: InputMaybe<Scalars['ID']['input']>;
  question: Scalars['String']['input'];
};


/** Everything that can be asked. */
export type QueryAskSentArgs = {
  conversation: Scalars['ID']['input'];
};


/** Everything that can be asked. */
export type QueryBlastRadiusArgs = {
  hops?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  of: BlastTarget;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryCoverageArgs = {
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryCrossZoneCirclesArgs = {
  follow?: InputMaybe<Follow>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  minBytes?: InputMaybe<Scalars['Bytes']['input']>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryCypherArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  params?: InputMaybe<Scalars['JSON']['input']>;
  query: Scalars['String']['input'];
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryDiffArgs = {
  after: Window;
  before: Window;
  groupBy?: InputMaybe<Dimension>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
};


/** Everything that can be asked. */
export type QueryEntityArgs = {
  id: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryExplainArgs = {
  minutes?: InputMaybe<Scalars['Int']['input']>;
  transfer: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryFilterCompletionsArgs = {
  cursor?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  text: Scalars['String']['input'];
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryFlowsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryForecastArgs = {
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryGraphArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nodes?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryGroupsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy: Dimension;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryIncidentArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be asked. */
export type QueryIncidentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be asked. */
export type QueryInvestigationArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be asked. */
export type QueryInvestigationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be asked. */
export type QueryMarksArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryMetaArgs = {
  asOf?: InputMaybe<AsOf>;
};


/** Everything that can be asked. */
export type QueryNamespacesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryNeighbourhoodArgs = {
  hops?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  of: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be asked. */
export type QueryPackedGraphArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nodes?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryPathsArgs = {
  follow?: InputMaybe<Follow>;
  from: Scalars['ID']['input'];
  limit?: InputMaybe<Scalars['Int']['input']>;
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  to: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryRecommendationArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be asked. */
export type QuerySearchArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  text: Scalars['String']['input'];
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QuerySharedDestinationsArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  of?: Array<Scalars['ID']['input']>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryStatementArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy?: InputMaybe<Array<StatementDimension>>;
  view?: InputMaybe<StatementView>;
  where?: InputMaybe<Array<StatementFilter>>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryTotalsArgs = {
  buckets?: InputMaybe<Scalars['Int']['input']>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryTransferArgs = {
  id: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryTransfersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  entity?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};


/** Everything that can be asked. */
export type QueryVersionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be asked. */
export type QueryWhatIfArgs = {
  recommendation: Scalars['ID']['input'];
};


/** Everything that can be asked. */
export type QueryZonesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};

/** The answer of neighbourhood and blastRadius. */
export type Reachability = {
  /** How many nodes within the hops asked for the limit left out. What lies behind them was not looked at. */
  left: Scalars['Int']['output'];
  /** Cost of the transfers that lead to the nodes left out. */
  leftCost: Money;
  /** Nearest first, then costliest. */
  nodes: Array<ReachedNode>;
  /** The graph version that was answered from. */
  version: GraphVersion;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** A node and how it was reached. */
export type ReachedNode = {
  /** Bytes between it and the nodes one hop nearer, both directions. */
  bytes: Scalars['Bytes']['output'];
  /** Cost of these. */
  cost: Money;
  /** In a blast radius, whether the node is known to depend on what was asked about; null for that itself, and in a neighbourhood. */
  dependence?: Maybe<Dependence>;
  /** How far it is from where the search began; 0 is the node that was asked about. */
  hops: Scalars['Int']['output'];
  /** The node that was reached. */
  node: NodeRef;
  /** A node one hop nearer that it exchanges bytes with; null for the node that was asked about. */
  through?: Maybe<NodeRef>;
};

/** A change that would save money, priced on what really moved. */
export type Recommendation = Node & {
  /** Cost of the concerned transfers as they would go. */
  after: Money;
  /** What makes the change, in one or several languages. */
  apply: Array<Patch>;
  /** What is taken for granted. */
  assumptions: Array<Scalars['String']['output']>;
  /** Cost of the concerned transfers as they went. */
  before: Money;
  /** How many bytes a month pay for what is added by the hour. Null where nothing is. */
  breakEvenBytes?: Maybe<Scalars['Bytes']['output']>;
  /** Concerned bytes in that time. */
  bytes: Scalars['Bytes']['output'];
  /** How to see whether it took effect. */
  check: Scalars['String']['output'];
  /** What was said of it, newest first. */
  decisions: Array<Decision>;
  /** Ids of the nodes concerned. */
  entities: Array<Scalars['ID']['output']>;
  /** What was looked at, half open. */
  from: Scalars['DateTime']['output'];
  /** That of the most saving day. */
  high: Money;
  /** Stable: the same change has the same id every day. */
  id: Scalars['ID']['output'];
  /** What is to be changed, such as gateway-endpoint or same-zone-routing. */
  kind: Scalars['String']['output'];
  /** That of the least saving day. */
  low: Money;
  /** How many minutes of it were observed. */
  minutes: Scalars['Int']['output'];
  /** The saving over 30 days at the rate observed. */
  monthly: Money;
  /** Over the observed minutes, exactly: `before` less `after`, from the same pricing code. */
  saving: Money;
  /** What people made of it. */
  state: RecommendationState;
  /** What is concerned, for example a VPC. */
  subject: Scalars['String']['output'];
  /** The change in one line. */
  title: Scalars['String']['output'];
  /** End of what was looked at, excluded. */
  to: Scalars['DateTime']['output'];
  /** What takes the change back. */
  undo: Array<Patch>;
  /** What else will happen. */
  warnings: Array<Scalars['String']['output']>;
  /** What was seen. */
  why: Array<Scalars['String']['output']>;
};

/** What people made of a recommendation. */
export type RecommendationState =
  /** It will be followed. */
  | 'ACCEPTED'
  /** It will not be followed. */
  | 'DISMISSED'
  /** Nobody said anything of it, it was reopened, or the time of its dismissal is over. */
  | 'OPEN';

/** A charge code of a bill with its bytes taken apart: explained, hosts, managed and unexplained add up to billed. */
export type ReconciledCode = {
  /** Whose account. */
  account: Scalars['String']['output'];
  /** What the bill says. */
  billed: ReconciledSum;
  /** The usage type without its region. */
  code: Scalars['String']['output'];
  /** What was counted. */
  counted: ReconciledSum;
  /** What both have. */
  explained: ReconciledSum;
  /** Bytes that were counted and are not on the bill. */
  notBilledBytes: Scalars['Bytes']['output'];
  /** The part of machines without an agent, and that of managed services, which no agent sees. */
  outOfSight: ReconciledSum;
  /** Of which region's part of the bill. */
  region: Scalars['String']['output'];
  /** What nobody explains. */
  unexplained: ReconciledSum;
};

/** Bytes and their cost. */
export type ReconciledSum = {
  /** Billed bytes. */
  bytes: Scalars['Bytes']['output'];
  /** Their cost. */
  cost: Money;
};

/** A cloud's bill against what was counted in its month. What cannot be compared has a `problem` and nothing else. */
export type Reconciliation = {
  /** What the bill says of transfers. */
  billed?: Maybe<ReconciledSum>;
  /** By charge code, the dearest first. At most 200. */
  codes: Array<ReconciledCode>;
  /** What was counted, at our prices. */
  counted?: Maybe<ReconciledSum>;
  /** What both have; its cost is the bill's, as far as its price is ours or ours less a named discount. */
  explained?: Maybe<ReconciledSum>;
  /** The explained share of the billed bytes in percent, cut, never rounded up: "99.98". */
  explainedBytes: Scalars['String']['output'];
  /** The same of the cost. */
  explainedCost: Scalars['String']['output'];
  /** What differs, and why as far as it is known, the dearest first. At most 200. */
  findings: Array<BillFinding>;
  /** How many of them were folded. */
  foldedMinutes: Scalars['Int']['output'];
  /** How many machines of the bill's provider ran an agent in the month: a machine of the bill that is none of them is said to be without one. 0 says that none is known, and that no machine is said to be without. */
  machines: Scalars['Int']['output'];
  /** Minutes of the month, and those that were folded: the others were not counted. */
  minutes: Scalars['Int']['output'];
  /** Such as 2026-11; empty where the bill could not be read. */
  month: Scalars['String']['output'];
  /** Of the file or folder that the bill was read from. */
  name: Scalars['String']['output'];
  /** The bill's rows that are about no transfer, such as taxes. */
  notCompared?: Maybe<ReconciledSum>;
  /** Why it cannot be compared; empty where it can. */
  problem: Scalars['String']['output'];
  /** The bill's rows about what costs by the hour, which are not compared. */
  standing?: Maybe<ReconciledSum>;
  /** Machines with an agent whose name on the bill is not known, at most 20 of `unnamedCount`. With one, no machine is said to be without an agent. */
  unnamed: Array<Scalars['String']['output']>;
  /** How many there are. */
  unnamedCount: Scalars['Int']['output'];
};

/** What to do about an incident, made from its likeliest cause. A person decides. */
export type Remedy = {
  /** What to do first, in a sentence. */
  action: Scalars['String']['output'];
  /** A shell command that does so or shows where to look. Null where no one command does. */
  command?: Maybe<Scalars['String']['output']>;
  /** How to go back, in a sentence. */
  undo: Scalars['String']['output'];
  /** A shell command that goes back. Null where no one command does. */
  undoCommand?: Maybe<Scalars['String']['output']>;
};

/** An investigation that was asked again at its version, of the incident as it was then. */
export type Replay = {
  /** The answer of now, in Markdown. */
  answer: Scalars['String']['output'];
  /** Whether it is what is on the record, letter by letter. */
  same: Scalars['Boolean']['output'];
};

/** A rollout of a workload. */
export type Rollout = {
  /** What was rolled out, and when. */
  deployment: Deployment;
  /** Its Kubernetes namespace. */
  namespace: Scalars['String']['output'];
  /** Name of the workload. */
  workloadName: Scalars['String']['output'];
};

/** A shipped query: a sentence with slots. */
export type SavedCypher = {
  /** By which it is asked for. */
  name: Scalars['String']['output'];
  /** Its slots. */
  parameters: Array<SavedParameter>;
  /** Cypher with $parameters. */
  statement: Scalars['String']['output'];
  /** What it answers. */
  title: Scalars['String']['output'];
};

/** A slot of a saved query. */
export type SavedParameter = {
  /** A number or a text. */
  default: Scalars['JSON']['output'];
  /** What it stands for. */
  meaning: Scalars['String']['output'];
  /** Without the $. */
  name: Scalars['String']['output'];
};

/** Nodes by their name. */
export type SearchResult = {
  /** Those that fit best first. */
  nodes: Array<FoundNode>;
  /** How many nodes match. */
  totalCount: Scalars['Int']['output'];
  /** Null while nothing is folded. */
  version?: Maybe<GraphVersion>;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** A node that several others call. */
export type SharedDestination = {
  /** Bytes between it and these callers, both directions. */
  bytes: Scalars['Bytes']['output'];
  /** How many of the nodes call it. */
  callerCount: Scalars['Int']['output'];
  /** Its callers, costliest first. */
  callers: Array<PathHop>;
  /** Cost of these bytes. */
  cost: Money;
  /** The node that is called. */
  node: NodeRef;
};


/** A node that several others call. */
export type SharedDestinationCallersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The answer of sharedDestinations. */
export type SharedDestinations = {
  /** Those with the most callers first. */
  destinations: Array<SharedDestination>;
  /** The graph version that was answered from. */
  version: GraphVersion;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** One transfer that a change takes bytes off, puts bytes onto, or both. */
export type Shift = {
  /** What would go by it. Null where none would: the change ends it, but for what `joins` says. */
  after?: Maybe<ShiftSide>;
  /** What of the concerned bytes goes by it now. Null where none does: the change makes it. */
  before?: Maybe<ShiftSide>;
  /** Id of the receiving node. */
  destination: Scalars['ID']['output'];
  /** Name of the receiving node. */
  destinationName: Scalars['String']['output'];
  /** Region of the receiver, empty where not known. */
  destinationRegion: Scalars['String']['output'];
  /** Zone id of the receiver, empty where not known. */
  destinationZone: Scalars['String']['output'];
  /** Id that the transfer has or would have, without rollouts: t and 16 hexadecimal digits. */
  id: Scalars['ID']['output'];
  /** True where bytes that are not concerned go by it as well: it is there before and after. */
  joins: Scalars['Boolean']['output'];
  /** The way the bytes take, for example vpc, nat, gateway-endpoint. */
  path: Scalars['String']['output'];
  /** tcp, udp, icmp, ... */
  protocol: Scalars['String']['output'];
  /** The accepting side's port, 0 for protocols without ports. */
  serverPort: Scalars['Int']['output'];
  /** Id of the sending node. */
  source: Scalars['ID']['output'];
  /** Name of the sending node. */
  sourceName: Scalars['String']['output'];
  /** Region of the sender, empty where not known. */
  sourceRegion: Scalars['String']['output'];
  /** Zone id of the sender, empty where not known. */
  sourceZone: Scalars['String']['output'];
  /** The gateway or endpoint on the way, empty where there is none or it is not there yet. */
  via: Scalars['String']['output'];
};

/** What goes by a transfer before a change, or after it. */
export type ShiftSide = {
  /** Over the observed minutes. */
  bytes: Scalars['Bytes']['output'];
  /** Over the observed minutes, exactly, at list prices. */
  cost: Money;
  /** Over 30 days at the rate observed. */
  monthly: Money;
};

/** Shifts added up. */
export type ShiftSum = {
  /** As `bytesBefore`, after the change. */
  bytesAfter: Scalars['Bytes']['output'];
  /** Over the observed minutes. */
  bytesBefore: Scalars['Bytes']['output'];
  /** As `monthlyBefore`, after the change. */
  monthlyAfter: Money;
  /** Over 30 days at the rate observed. */
  monthlyBefore: Money;
  /** How many they are. */
  shifts: Scalars['Int']['output'];
};

/** One thing that costs by the hour: a NAT gateway, an interface endpoint, a transit gateway attachment, a public IPv4 address, a line of one's own. */
export type StandingCost = {
  /** The account that is billed, empty where not known. */
  account: Scalars['String']['output'];
  /** What was taken for granted about the price, empty for nothing. */
  assumed: Scalars['String']['output'];
  /** Bytes that went through it, both directions. */
  bytes: Scalars['Bytes']['output'];
  /** Usage type as on the provider's bill, empty for what is on none. */
  code: Scalars['String']['output'];
  /** All of it over the window, exactly. */
  cost: Money;
  /** The part of the cost of days in which nobody used it. */
  idle: Money;
  /** Name of the gateway or line, or the address. */
  name: Scalars['String']['output'];
  /** Row of the price book. */
  priceRow: Scalars['String']['output'];
  /** Where the price comes from, with its date. */
  priceSource: Scalars['String']['output'];
  /** Where it stands, empty where not known. */
  region: Scalars['String']['output'];
  /** For example hours. */
  unitName: Scalars['String']['output'];
  /** How many `unitName` were counted, zones included. */
  units: Scalars['Bytes']['output'];
  /** Why there is no price, empty where there is one. */
  unpricedReason: Scalars['String']['output'];
};

/** Something outside as a person stated it, and while it holds. */
export type StatedEndpoint = {
  /** Account, subscription or project, empty where not known. */
  account: Scalars['String']['output'];
  /** When that was done, null where no record tells. */
  at?: Maybe<Scalars['DateTime']['output']>;
  /** Name of who stated it; empty where no record tells. */
  by: Scalars['String']['output'];
  /** Address ranges, without those that its DNS names answer with. */
  cidrs: Array<Scalars['String']['output']>;
  /** What kind of thing it is. */
  class: Scalars['String']['output'];
  /** When that was done; null as above. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name of who ended it; empty while it holds, and where a later statement took its place. */
  endedBy: Scalars['String']['output'];
  /** Since when it holds. */
  from: Scalars['DateTime']['output'];
  /** DNS names whose addresses are its own while they are heard. */
  hosts: Array<Scalars['String']['output']>;
  /** Class, region and name, with strokes between. */
  id: Scalars['ID']['output'];
  /** Display name. */
  name: Scalars['String']['output'];
  /** Network in which the addresses are meant, empty for everywhere. */
  network: Scalars['String']['output'];
  /** What others should know, empty for nothing. */
  note: Scalars['String']['output'];
  /** Whose cloud it is in, empty for nobody's. */
  provider: Scalars['String']['output'];
  /** Region, empty for none. */
  region: Scalars['String']['output'];
  /** Who owns it, empty for nobody. */
  team: Scalars['String']['output'];
  /** Null while it holds. */
  to?: Maybe<Scalars['DateTime']['output']>;
  /** Zone id, empty for none. */
  zone: Scalars['String']['output'];
};

/** What a window costs, as lines of a bill. */
export type Statement = {
  /** ISO 4217 code of all its amounts. */
  currency: Scalars['String']['output'];
  /** What a line stands for. */
  groupBy: Array<StatementDimension>;
  /** Largest amount first. */
  lines: Array<StatementLine>;
  /** The part of the total of transfers with Egressor's own agents and services at an end. They are lines like any other. */
  own: StatementSum;
  /** How tiers and allowances were applied to the window's minutes: list, marginal, or both where the mode was changed. */
  pricingModes: Array<Scalars['String']['output']>;
  /** What `first` left out: always counted, never silent. */
  rest: StatementSum;
  /** Things that cost by the hour, with their whole cost over the window whatever was filtered; none for who may not see everything. */
  standing: Array<StandingCost>;
  /** The exact sum of lines and rest. */
  total: StatementSum;
  /** Names of gateways and lines that what is seen went through and whose price by the hour is not known: its shares are missing, and the true cost is higher. */
  unpricedStanding: Array<Scalars['String']['output']>;
  /** The graph version that was answered from. */
  version: GraphVersion;
  /** To whom charges are shown. */
  view: StatementView;
  /** The window that was answered. */
  window: AnsweredWindow;
};

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
  value: Scalars['String']['input'];
};

/** One line of a statement. */
export type StatementLine = {
  /** The charges behind it: one line per rule, payer, price row and tier, largest first. Shares of standing costs are among them, with code and price row and without a rule. */
  charges: Array<ChargeLine>;
  /** One value for each dimension of `groupBy`. */
  group: Array<Scalars['String']['output']>;
  /** What the line adds up to. */
  sum: StatementSum;
  /** The transfers behind it, largest first; ask `transfer(id)` for the raw rows of one. */
  transfers: Array<StatementTransfer>;
};


/** One line of a statement. */
export type StatementLineChargesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One line of a statement. */
export type StatementLineTransfersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A sum of charges. */
export type StatementSum = {
  /** What bytes cost, exactly. */
  amount: Money;
  /** Bytes of the charge lines. A transfer that is charged on both sides, or by a gateway as well, counts in each of its lines. */
  billedBytes: Scalars['Bytes']['output'];
  /** How many lines it adds up, 0 for `own`. */
  lines: Scalars['Int']['output'];
  /** The amount as a column shows it: the lines and the rest, as shown, add up to the total as shown. */
  shown: Scalars['String']['output'];
  /** Shares of what costs by the hour, beside `amount`: it ends when the gateway is deleted, not when the bytes move away. */
  standing: Money;
  /** `standing` as a column shows it. */
  standingShown: Scalars['String']['output'];
  /** The part of them without a sourced price: the true cost is higher than shown. */
  unpricedBytes: Scalars['Bytes']['output'];
};

/** What one transfer adds to a line. */
export type StatementTransfer = {
  /** What its bytes add to the line. */
  amount: Money;
  /** Bytes of its charge lines. */
  billedBytes: Scalars['Bytes']['output'];
  /** Id of the receiving node. */
  destination: Scalars['ID']['output'];
  /** Name of the receiving node. */
  destinationName: Scalars['String']['output'];
  /** Id of the transfer, empty for hours of a gateway that nobody used. */
  id: Scalars['ID']['output'];
  /** The way the bytes take, for example vpc, nat, gateway-endpoint. */
  path: Scalars['String']['output'];
  /** Id of the sending node. */
  source: Scalars['ID']['output'];
  /** Name of the sending node. */
  sourceName: Scalars['String']['output'];
  /** Shares of what costs by the hour. */
  standing: Money;
  /** The part of them without a sourced price. */
  unpricedBytes: Scalars['Bytes']['output'];
};

/** To whom a charge is shown. Both views add up to the same total. */
export type StatementView =
  /** Who opened the connection and so asked for the data, whichever end is billed for it. Unknown where nobody saw who did. */
  | 'CAUSER'
  /** Whom the cloud bills: the sending end, the receiving end, or the gateway in between. */
  | 'PAYER';

/** What is told as it happens. */
export type Subscription = {
  /** Asks the investigator and streams its answer. Events end with a ChatDone or a ChatFailed. */
  ask: ChatEvent;
  /**
   * Incidents that are new or have changed (lasting, over, dearer, decided on), as the asker may see them. Looked for
   * when a version is committed and each 10 seconds; those that are there when it begins are not told.
   */
  incidentChanged: Incident;
  /** An investigation as it goes on: first as it is, then at each step, and at last as it ended. */
  investigationProgress: Investigation;
  /** Each version as it is committed. */
  versionCommitted: GraphVersion;
};


/** What is told as it happens. */
export type SubscriptionAskArgs = {
  conversation?: InputMaybe<Scalars['ID']['input']>;
  question: Scalars['String']['input'];
};


/** What is told as it happens. */
export type SubscriptionInvestigationProgressArgs = {
  id: Scalars['ID']['input'];
};

/** Bytes that went from one node to another by one way. */
export type Transfer = Node & {
  /** IP-layer bytes. */
  bytes: Scalars['Bytes']['output'];
  /** Wire bytes by the other end's report, null where there was none. */
  checkBytes?: Maybe<Scalars['Bytes']['output']>;
  /** Connections that were opened. */
  connections: Scalars['Bytes']['output'];
  /** What it costs all who are charged, exactly. */
  cost: Money;
  /** Id of the receiving node. */
  destination: Scalars['ID']['output'];
  /** As `sourceAccount`, of the receiving side. */
  destinationAccount: Scalars['String']['output'];
  /** Name of the receiving node. */
  destinationName: Scalars['String']['output'];
  /** As `sourceNetwork`, of the receiving side. */
  destinationNetwork: Scalars['String']['output'];
  /** Region of the receiver, empty where not known. */
  destinationRegion: Scalars['String']['output'];
  /** As `sourceRevision`, of the receiver. */
  destinationRevision: Scalars['String']['output'];
  /** Zone id of the receiver, empty where not known. */
  destinationZone: Scalars['String']['output'];
  /** Stable id, t and 16 hexadecimal digits. */
  id: Scalars['ID']['output'];
  /** Which end opened the connections. */
  initiator: Initiator;
  /** IP packets. */
  packets: Scalars['Bytes']['output'];
  /** The way the bytes take, for example vpc, nat, gateway-endpoint. */
  path: Scalars['String']['output'];
  /** True where no inventory told the way and a default was taken. */
  pathAssumed: Scalars['Boolean']['output'];
  /** Transport payload bytes, each counted once. */
  payloadBytes: Scalars['Bytes']['output'];
  /** tcp, udp, icmp, ... */
  protocol: Scalars['String']['output'];
  /** Packets that were sent again. */
  retransmittedPackets: Scalars['Bytes']['output'];
  /** Highest smoothed round-trip time in microseconds, null where unknown. */
  rttMicros?: Maybe<Scalars['Int']['output']>;
  /** The accepting side's port, 0 for protocols without ports. */
  serverPort: Scalars['Int']['output'];
  /** Id of the sending node. */
  source: Scalars['ID']['output'];
  /** Account, subscription or project that is billed for each side, empty where not known. */
  sourceAccount: Scalars['String']['output'];
  /** Name of the sending node. */
  sourceName: Scalars['String']['output'];
  /** Id of each side's VPC or VNet, empty where not known. */
  sourceNetwork: Scalars['String']['output'];
  /** Region of the sender, empty where not known. */
  sourceRegion: Scalars['String']['output'];
  /** Rollout revision ids, empty where an end has none. */
  sourceRevision: Scalars['String']['output'];
  /** Zone id of the sender, empty where not known. */
  sourceZone: Scalars['String']['output'];
  /** The gateway or endpoint on the way, empty where there is none. */
  via: Scalars['String']['output'];
};

/** A page of transfers, with the sum of all that match. */
export type TransferConnection = {
  /** The page, in order. */
  edges: Array<TransferEdge>;
  /** Whether there is more, and from where on. */
  pageInfo: PageInfo;
  /** What lies behind this page: always counted, never silent. */
  rest: TransferSum;
  /** Bytes and cost of all that match, shown or not. */
  total: TransferSum;
  /** How many transfers match. */
  totalCount: Scalars['Int']['output'];
  /** The graph version that was answered from. */
  version?: Maybe<GraphVersion>;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** One transfer with its window. */
export type TransferDetail = {
  /** What it costs and why, summed over the window: one line per rule, payer and price row. */
  charges: Array<ChargeLine>;
  /** The raw rows behind it, newest first. */
  flows: Array<FlowRow>;
  /** Minute by minute, or summed up: see totals. */
  series: Array<MinuteTotal>;
  /** The transfer, summed over the window. */
  transfer: Transfer;
  /** The graph version that was answered from. */
  version?: Maybe<GraphVersion>;
  /** The window that was answered. */
  window: AnsweredWindow;
};


/** One transfer with its window. */
export type TransferDetailFlowsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One transfer with its window. */
export type TransferDetailSeriesArgs = {
  buckets?: InputMaybe<Scalars['Int']['input']>;
};

/** A transfer and its place. */
export type TransferEdge = {
  /** Where this element stands: give it as `after`. */
  cursor: Scalars['String']['output'];
  /** The element itself. */
  node: Transfer;
};

/** One group of transfers. */
export type TransferGroup = {
  /** Its name, or the names of source and destination; an empty name is unknown, or the namespace or team of what has none. */
  group: Array<Scalars['String']['output']>;
  /** Its transfers, added up. */
  sum: TransferSum;
};

/** A window's transfers added up in groups. */
export type TransferGroups = {
  /** What a row or line stands for, as it was asked for. */
  groupBy: Dimension;
  /** How many groups there are, listed or not. */
  groupCount: Scalars['Int']['output'];
  /** Largest first. */
  groups: Array<TransferGroup>;
  /** What `first` left out: always counted, never silent. */
  rest: TransferSum;
  /** Everything; it is the sum of `groups` and `rest`. */
  total: TransferSum;
  /** The graph version that was answered from. */
  version: GraphVersion;
  /** The window that was answered. */
  window: AnsweredWindow;
};

/** By what transfers are ranked, the most first. */
export type TransferOrder =
  | 'BYTES'
  | 'COST';

/** One way from a node to another. */
export type TransferPath = {
  /** Bytes of the hop that carries the fewest: no more can have gone all the way. */
  bytes: Scalars['Bytes']['output'];
  /** Cost of all hops. */
  cost: Money;
  /** In order from the first node to the last. */
  hops: Array<PathHop>;
  /** How many hops carry bytes between zones. */
  zoneCrossings: Scalars['Int']['output'];
};

/** Transfers, added up. */
export type TransferSum = {
  /** IP-layer bytes. */
  bytes: Scalars['Bytes']['output'];
  /** What they cost, exactly. */
  cost: Money;
  /** How many transfers it adds up. */
  transfers: Scalars['Int']['output'];
};

/** What became of a recommendation that facts say is followed: what it saves, measured, beside what it was to save. */
export type Verdict = {
  /** Since when the facts say so. */
  applied: Scalars['DateTime']['output'];
  /** Ids of the nodes concerned. */
  entities: Array<Scalars['ID']['output']>;
  /** The fact in words. */
  evidence: Scalars['String']['output'];
  /** What was measured, half open. */
  from: Scalars['DateTime']['output'];
  /** As in Recommendation. */
  kind: Scalars['String']['output'];
  /** How many minutes of it were observed. */
  minutes: Scalars['Int']['output'];
  /** The saving over 30 days at the traffic since the change, as it was predicted, without what stands by the hour. */
  predicted: Money;
  /** The same as it was measured: the old price of this traffic less what was paid. */
  realised: Money;
  /** Why less was saved than predicted, as far as the facts tell. */
  reasons: Array<Scalars['String']['output']>;
  /** Id of the recommendation, which is not made any more while it is followed. */
  recommendation: Scalars['ID']['output'];
  /** How the saving compares with what was predicted. */
  state: VerdictState;
  /** What is concerned, as in Recommendation. */
  subject: Scalars['String']['output'];
  /** In a sentence, such as "realised 412 of 430 USD a month; zone b has no endpoint". */
  summary: Scalars['String']['output'];
  /** The change in one line. */
  title: Scalars['String']['output'];
  /** End of what was measured, excluded. */
  to: Scalars['DateTime']['output'];
};

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

/** A name that people gave to a version. */
export type VersionTag = {
  /** Who gave it, and why; empty for who may not see everything. */
  by: Scalars['String']['output'];
  /** The name. */
  name: Scalars['String']['output'];
  /** Why; empty for who may not see everything. */
  note: Scalars['String']['output'];
  /** When it was given. */
  taggedAt: Scalars['DateTime']['output'];
  /** The version that has it. */
  version: Scalars['Version']['output'];
};

/** A state of the user interface under a name. */
export type View = {
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** True where it is the asker's own. */
  mine: Scalars['Boolean']['output'];
  /** By which its owner finds it. */
  name: Scalars['String']['output'];
  /** Name of who saved it. */
  owner: Scalars['String']['output'];
  /** When it was saved last. */
  savedAt: Scalars['DateTime']['output'];
  /** True where others may see it. */
  shared: Scalars['Boolean']['output'];
  /** The page's path and query. */
  state: Scalars['String']['output'];
};

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

/** How the watch of one resource of a cluster fares. */
export type WatchedResource = {
  /** True where something is not known because of it. */
  gap: Scalars['Boolean']['output'];
  /** The last moment at which everything that had happened was known. Null for never. */
  heard?: Maybe<Scalars['DateTime']['output']>;
  /** How often all were listed: once, and once more for each time the watch could not go on. */
  lists: Scalars['Int']['output'];
  /** What is wrong and what to do; empty where nothing is. */
  message: Scalars['String']['output'];
  /** What is missing without it. */
  neededFor: Scalars['String']['output'];
  /** How many there are. */
  objects: Scalars['Int']['output'];
  /** Such as pods or deployments.apps. */
  resource: Scalars['String']['output'];
  /** Since when the state holds. */
  since: Scalars['DateTime']['output'];
  /** How it fares. */
  state: WatchState;
};

/** A recommendation told transfer by transfer. Its shifts, `rest` and the hours add up to `before` and `after` of the recommendation, exactly. */
export type WhatIf = {
  /** False of one that an earlier version of Egressor found: its transfers are known after the next search, in some minutes. */
  edgesKnown: Scalars['Boolean']['output'];
  /** The part of `monthlyAfter` that would stand by the hour, such as an endpoint that is added. */
  hoursAfter: Money;
  /** The part of `monthlyBefore` that stands by the hour whatever goes through, such as a gateway that would be removed. */
  hoursBefore: Money;
  /** What it would cost instead. */
  monthlyAfter: Money;
  /** What is concerned costs over 30 days at the rate observed, with what stands by the hour. */
  monthlyBefore: Money;
  /** Ends of the shifts, at their places on the map; bytes and cost are what of the concerned transfers goes through them now, over the observed minutes. */
  nodes: Array<Entity>;
  /** The recommendation, with what was seen and what is taken for granted. */
  recommendation: Recommendation;
  /** What is not in `shifts`: always counted, never silent. */
  rest: ShiftSum;
  /** The transfers that bytes leave or come to, the dearest first, at most 200. Rollouts are not told apart. */
  shifts: Array<Shift>;
  /** True where it is not made any more: it was followed, or what it would have saved on is gone. The figures are those of when it was made last. */
  withdrawn: Scalars['Boolean']['output'];
};

/** Which traffic to look at, and as known when. */
export type Window = {
  /** Default: the newest version. */
  asOf?: InputMaybe<AsOf>;
  /**
   * Keep the transfers that this means, in the filter language of docs/filter.md: `namespace=shop path=nat bytes>1GB`.
   * Totals, rests and series are then of these alone. Fields that tell of no transfers refuse it with BAD_INPUT.
   */
  filter?: InputMaybe<Scalars['String']['input']>;
  /** First minute, included. Default: 60 minutes before `to`. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** End of the window, excluded. Default: the end of the newest folded minute. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** An availability zone with the traffic of a window. Each byte of a transfer with an end in it is in exactly one of `out`, `in` and `inside`. */
export type Zone = Node & {
  /** How many nodes of the graph in it had traffic. */
  ends: Scalars['Int']['output'];
  /** Its transfers in the filter language: the filter of a window, to ask anything else about it. */
  filter: Scalars['String']['output'];
  /** z/, region and zone id: z/eu-west-1/euw1-az1. */
  id: Scalars['ID']['output'];
  /** What comes into it from anywhere else. */
  in: TransferSum;
  /** What stays within it. */
  inside: TransferSum;
  /** Zone id. */
  name: Scalars['String']['output'];
  /** What goes from it to anywhere else. */
  out: TransferSum;
  /** Region that it is in, empty where not known. */
  region: Scalars['String']['output'];
  /** All three. */
  total: TransferSum;
};

/** The zones of a window. */
export type ZoneSet = {
  /** How many there are, listed or not. */
  count: Scalars['Int']['output'];
  /** Transfers without an end in any that is listed. */
  rest: TransferSum;
  /** All transfers of the window; those between two of these are counted in both, so that these add up to more. */
  total: TransferSum;
  /** The graph version that was answered from. */
  version: GraphVersion;
  /** The window that was answered. */
  window: AnsweredWindow;
  /** Largest first. */
  zones: Array<Zone>;
};
