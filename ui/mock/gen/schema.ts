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

export type AgentStatus = {
  cluster: Scalars['String']['output'];
  /** Everything up to this moment has been reported. */
  coveredThrough: Scalars['DateTime']['output'];
  lastBatchAt: Scalars['DateTime']['output'];
  /** Bytes reported lost in the last hour, null where a loss of unknown size was reported. */
  lostBytes?: Maybe<Scalars['Bytes']['output']>;
  /** sockets, packets or import. */
  mode: Scalars['String']['output'];
  node: Scalars['String']['output'];
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
  expectedBytes: Scalars['Bytes']['output'];
  expectedCost: Money;
  kind: AnomalyKind;
  /** The series: a flow, a workload, a path class, an endpoint or a charge code. */
  scope: Scalars['String']['output'];
  since: Scalars['DateTime']['output'];
  /** Id of the node that sends, null where the series has none. */
  source?: Maybe<Scalars['ID']['output']>;
  /** Null while it lasts. */
  until?: Maybe<Scalars['DateTime']['output']>;
};

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
  from: Scalars['DateTime']['output'];
  to: Scalars['DateTime']['output'];
};

/** Which state of knowledge to answer from. Exactly one field is set. */
export type AsOf =
  /** The newest version committed at or before this moment. */
  { time: Scalars['DateTime']['input']; version?: never; }
  |  /** The version itself. */
  { time?: never; version: Scalars['Version']['input']; };

/** What a blast radius is of. Exactly one field is set. */
export type BlastTarget =
  /** A node. */
  { node: Scalars['ID']['input']; via?: never; }
  |  /** A gateway or endpoint by name, as in a transfer's `via`. */
  { node?: never; via: Scalars['String']['input']; };

export type ChangeKind =
  /** Other bytes, cost or number of transfers. */
  | 'CHANGED'
  /** Something before, nothing after. */
  | 'GONE'
  /** Nothing before, something after. */
  | 'NEW';

/** One line of a bill: a charge code, a rate and an exact amount. */
export type ChargeLine = {
  amount: Money;
  bytes: Scalars['Bytes']['output'];
  /** Usage type as on the provider's bill, for example DataTransfer-Regional-Bytes. */
  code: Scalars['String']['output'];
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
  reference: Scalars['String']['output'];
  text: Scalars['String']['output'];
};

export type ChatDone = {
  cachedTokens: Scalars['Int']['output'];
  calls: Scalars['Int']['output'];
  conversation: Scalars['ID']['output'];
  /** What the tokens cost by the model's price, a decimal in US dollars; null where no price is known. */
  costUsd?: Maybe<Scalars['String']['output']>;
  /** Tokens sent to the model, those that it had in its cache among them. */
  inputTokens: Scalars['Int']['output'];
  outputTokens: Scalars['Int']['output'];
  /** How often the model was asked, and tools were called. */
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

export type ChatFailed = {
  code: Scalars['String']['output'];
  /** What to do. */
  hint: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** A piece of the text that is a figure: its digits were written, or found, by the service in a tool's result. */
export type ChatFigure = {
  /** reference, match or recomputed. */
  by: Scalars['String']['output'];
  /** The expression that it was computed by, empty for one that was read. */
  calculation: Scalars['String']['output'];
  /** Id of the tool call that brought it, and where in the result it stands. */
  call: Scalars['String']['output'];
  /** The exact value in `unit`, a decimal string; empty where it was recomputed. */
  exact: Scalars['String']['output'];
  path: Scalars['String']['output'];
  /** Its reference in the conversation, empty for one that was recomputed from those beside it. */
  reference: Scalars['String']['output'];
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
  text: Scalars['String']['output'];
};

/** A tool was called: one stored GraphQL operation. */
export type ChatToolCall = {
  error?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  /** The variables, as JSON. */
  input: Scalars['String']['output'];
  name: Scalars['String']['output'];
  /** The result, as JSON, null while running. */
  result?: Maybe<Scalars['String']['output']>;
};

/** A piece of the text that no tool's result bears out: a figure, a name, a time or a cause. */
export type ChatUnproven = {
  text: Scalars['String']['output'];
  why: Scalars['String']['output'];
};

/** A change of cost, split up: the parts and the remainder add up to the change exactly. */
export type CostParts = {
  change: Money;
  /** By other zones and ways, at the new volume and the old prices. */
  path: Money;
  /** By other list prices. */
  price: Money;
  /** What cannot be told: bytes on a way whose old price is not known. */
  remainder: Money;
  /** By tiers and free allowances. */
  tier: Money;
  /** By more or fewer bytes, at the old mix of ways and the old prices. */
  volume: Money;
};

export type CrossZoneCircle = {
  bytes: Scalars['Bytes']['output'];
  cost: Money;
  /** In order of id. */
  nodes: Array<NodeRef>;
  /** Transfers between zones inside the circle. */
  transfers: Scalars['Int']['output'];
  zones: Array<Scalars['String']['output']>;
};

export type CrossZoneCircles = {
  circles: Array<CrossZoneCircle>;
  version: GraphVersion;
  window: AnsweredWindow;
};

/** An answer as a table and as a graph. */
export type CypherAnswer = {
  columns: Array<Scalars['String']['output']>;
  /** How many rows the planner expected at the widest place. */
  estimatedRows: Scalars['Float']['output'];
  /** True where the limit left rows out. */
  more: Scalars['Boolean']['output'];
  /** Every node of the answer, once. */
  nodes: Array<CypherNode>;
  /** Every relationship of the answer, once. Its ends need not be among the nodes. */
  relationships: Array<CypherRelationship>;
  /** One list per row, in the order of the columns. Nodes have labels and properties, relationships a type and properties, paths nodes and relationships. */
  rows: Array<Array<Maybe<Scalars['JSON']['output']>>>;
};

export type CypherNode = {
  /** Good within this answer alone. */
  element: Scalars['String']['output'];
  labels: Array<Scalars['String']['output']>;
  properties: Scalars['JSON']['output'];
};

export type CypherRelationship = {
  /** Good within this answer alone. */
  element: Scalars['String']['output'];
  end: Scalars['String']['output'];
  properties: Scalars['JSON']['output'];
  /** Elements of its ends. */
  start: Scalars['String']['output'];
  type: Scalars['String']['output'];
};

/** One thing that somebody decided. */
export type Decision = {
  action: DecisionAction;
  at: Scalars['DateTime']['output'];
  /** Name of the person or the token. */
  by: Scalars['String']['output'];
  /** The note, or the reason of a dismissal; empty for none. */
  note: Scalars['String']['output'];
  /** The end of a dismissal, null for none. */
  until?: Maybe<Scalars['DateTime']['output']>;
};

export type DecisionAction =
  | 'ACCEPTED'
  | 'ACKNOWLEDGED'
  | 'DISMISSED'
  | 'REOPENED'
  | 'RESOLVED';

/** One rollout revision of a workload: who changed what, when. */
export type Deployment = {
  cause: Scalars['String']['output'];
  changedBy: Scalars['String']['output'];
  gitCommit: Scalars['String']['output'];
  /** Pod-template hash. */
  hash: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  images: Array<Scalars['String']['output']>;
  revision: Scalars['Int']['output'];
  rolledOutAt?: Maybe<Scalars['DateTime']['output']>;
};

/** One group before and after. */
export type DiffRow = {
  after: TransferSum;
  before: TransferSum;
  /** After less before, negative for a decrease. */
  bytesChange: Scalars['Bytes']['output'];
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
  /** How many of them were folded by now. The others are missing, not empty: a diff with them shows what is not known as gone. */
  foldedMinutes: Scalars['Int']['output'];
  /** How many minutes the window has. */
  minutes: Scalars['Int']['output'];
  version: GraphVersion;
  window: AnsweredWindow;
};

/** A sum on both sides, and the change from before to after. */
export type DiffSum = {
  after: TransferSum;
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
 * Something outside, by its addresses, as a person states it. Like an entry of the endpoint file (docs/formats/endpoints.md), which
 * it stands beside: of what is known of an address the longest prefix wins, and of equal ones what people state.
 */
export type EndpointInput = {
  /** Account, subscription or project, empty where not known. */
  account?: Scalars['String']['input'];
  /** Address ranges as CIDR, or single addresses; 1 to 500. */
  cidrs: Array<Scalars['String']['input']>;
  /** What kind of thing it is, for example on-premises, s3 or a word of one's own. */
  class: Scalars['String']['input'];
  /** Display name. Class, region and name are its identity. */
  name: Scalars['String']['input'];
  /** The network in which the addresses are meant, where they are private ones that mean something else in another. */
  network?: Scalars['String']['input'];
  /** aws, gcp, azure or a name; empty where it is nobody's cloud. */
  provider?: Scalars['String']['input'];
  region?: Scalars['String']['input'];
  /** Who owns it, empty for nobody. */
  team?: Scalars['String']['input'];
  /** Zone id, empty where it is in none. */
  zone?: Scalars['String']['input'];
};

/** A node of the transfer graph. */
export type Entity = {
  /** Bytes it received in the window. */
  bytesIn: Scalars['Bytes']['output'];
  /** Bytes it sent in the window. */
  bytesOut: Scalars['Bytes']['output'];
  cluster: Scalars['String']['output'];
  /** Cost of the transfers it is an end of. */
  cost: Money;
  /** Stable id, for example w/lab/shop/Deployment/checkout. */
  id: Scalars['ID']['output'];
  kind: EntityKind;
  name: Scalars['String']['output'];
  /** Kubernetes namespace, empty for what has none. */
  namespace: Scalars['String']['output'];
  region: Scalars['String']['output'];
  /** Workload kind (Deployment, ...), endpoint class (s3, internet, ...) or the reason for being unknown. */
  type: Scalars['String']['output'];
  /** Position on the map, computed once on the server so that everyone sees the same picture; about -1000 to 1000. */
  x: Scalars['Float']['output'];
  y: Scalars['Float']['output'];
  /** Zone ids in which it was seen in the window. */
  zones: Array<Scalars['String']['output']>;
};

export type EntityDetail = {
  /** Its rollout revisions, newest first. */
  deployments: Array<Deployment>;
  entity: Entity;
  /** Minute by minute, or summed up: see totals. */
  series: Array<MinuteTotal>;
  /** Its transfers in both directions, costliest first. */
  transfers: Array<Transfer>;
  version?: Maybe<GraphVersion>;
  window: AnsweredWindow;
};


export type EntityDetailSeriesArgs = {
  buckets?: InputMaybe<Scalars['Int']['input']>;
};


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
  /** Signed in, but not allowed, or not a persisted document where only those are answered. */
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
  /** Not signed in. */
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
  key: Scalars['String']['output'];
  kind: Scalars['String']['output'];
  /** When the store learnt it, null where nobody recorded that. */
  recordedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who said so, for example kubernetes/CLUSTER or agent/NODE. */
  source: Scalars['String']['output'];
  /** What it says, in one line. */
  text: Scalars['String']['output'];
  to?: Maybe<Scalars['DateTime']['output']>;
};

export type ExplainedMinute = {
  /** What the reports that were taken add up to: the transfer's bytes in the minute. */
  bytes: Scalars['Bytes']['output'];
  /** What is known of every pod, node, address, endpoint and route in the pairs: also claims that did not win. */
  facts: Array<ExplainedFact>;
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
  destination: Scalars['String']['output'];
  protocol: Scalars['String']['output'];
  receiverCovered: Scalars['Boolean']['output'];
  reports: Array<ExplainedReport>;
  /** True where every reporting node of that side was covered for the whole minute. */
  senderCovered: Scalars['Boolean']['output'];
  serverPort: Scalars['Int']['output'];
  source: Scalars['String']['output'];
};

/** One direction of one raw row. */
export type ExplainedReport = {
  bySender: Scalars['Boolean']['output'];
  bytes: Scalars['Bytes']['output'];
  destination: ExplainedEnd;
  flow: FlowRow;
  path: Scalars['String']['output'];
  /** The facts that the path rests on, for example "route rtb-1 0.0.0.0/0". */
  pathFacts: Array<Scalars['String']['output']>;
  /** What is not known for a path without assumptions, empty if nothing. */
  pathGap: Scalars['String']['output'];
  pathRule: Scalars['String']['output'];
  /** The rule in words. */
  pathText: Scalars['String']['output'];
  /** The Service that was dialled as namespace/name, empty where none is known. */
  service: Scalars['String']['output'];
  source: ExplainedEnd;
  /** True where its bytes are the transfer's; the others are the check. */
  taken: Scalars['Boolean']['output'];
};

/** Why a transfer is what it is, computed anew by the code that attributed it. */
export type Explanation = {
  /** Newest first. */
  minutes: Array<ExplainedMinute>;
  transfer: Transfer;
  version?: Maybe<GraphVersion>;
  window: AnsweredWindow;
};

/** One thing that can stand where the cursor is. */
export type FilterCompletion = {
  /** What it is, empty where that is plain. */
  doc: Scalars['String']['output'];
  kind: FilterCompletionKind;
  /** What takes the place of `from` to `to`. */
  text: Scalars['String']['output'];
};

export type FilterCompletionKind =
  /** and, or, not */
  | 'CONNECTIVE'
  | 'FIELD'
  | 'OPERATOR'
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
  against: Array<Scalars['String']['output']>;
  /** When it happened. Null where no fact says so. */
  at?: Maybe<Scalars['DateTime']['output']>;
  /** The score in words: high (80 and more), medium (60 and more) or low. */
  confidence: Scalars['String']['output'];
  /** Id of the node that did it, null where it was none. */
  entity?: Maybe<Scalars['ID']['output']>;
  /** The exact part of the change of cost that falls to it; no part falls to two. */
  explains: Money;
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

/** One raw row, as an agent reported it. */
export type FlowRow = {
  agent: Scalars['String']['output'];
  /** The batch that carried it: boot and sequence. */
  batch: Scalars['String']['output'];
  connections: Scalars['Int']['output'];
  localAddress: Scalars['String']['output'];
  localId: Scalars['String']['output'];
  localKind: Scalars['String']['output'];
  protocol: Scalars['String']['output'];
  receivedBytes: Scalars['Bytes']['output'];
  receivedPackets: Scalars['Bytes']['output'];
  receivedPayloadBytes: Scalars['Bytes']['output'];
  remoteAddress: Scalars['String']['output'];
  role: Scalars['String']['output'];
  sentBytes: Scalars['Bytes']['output'];
  sentPackets: Scalars['Bytes']['output'];
  sentPayloadBytes: Scalars['Bytes']['output'];
  serverPort: Scalars['Int']['output'];
  /** The Service address that was dialled, null where there was none. */
  virtualAddress?: Maybe<Scalars['String']['output']>;
  /** The port that was dialled there, null where it is not known. */
  virtualPort?: Maybe<Scalars['Int']['output']>;
  windowSeconds: Scalars['Float']['output'];
  windowStart: Scalars['DateTime']['output'];
};

/** In which direction transfers are followed from node to node. */
export type Follow =
  /** With the connections: from the end that opened them to the end that accepted; either way where that is not known. */
  | 'CALLS'
  /** With the bytes: from sender to receiver. */
  | 'DATA';

/** A node that was found, with what passed it in the window. */
export type FoundNode = {
  bytesIn: Scalars['Bytes']['output'];
  bytesOut: Scalars['Bytes']['output'];
  /** Cost of the transfers it is an end of. */
  cost: Money;
  node: NodeRef;
  /** Workload kind (Deployment, ...), endpoint class or the reason for being unknown. */
  type: Scalars['String']['output'];
  zones: Array<Scalars['String']['output']>;
};

/** What changed between two windows. */
export type GraphDiff = {
  after: DiffSide;
  /** Groups that carried nothing before. */
  appeared: DiffSum;
  before: DiffSide;
  /** Groups that carry something else. */
  changed: DiffSum;
  /** Groups that carry nothing after. */
  disappeared: DiffSum;
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

export type GraphMeta = {
  /** True where traffic is the lab's or a recording's and not this system's own. */
  lab: Scalars['Boolean']['output'];
  /** Seconds between the end of the newest folded minute and now. */
  lagSeconds: Scalars['Int']['output'];
  /** Bytes that agents reported as lost in the version's minutes, null where a loss of unknown size was reported. */
  lostBytes?: Maybe<Scalars['Bytes']['output']>;
  version: GraphVersion;
};

/** One immutable version of the graph. */
export type GraphVersion = {
  /** Wire bytes of all transfers; null as above. */
  bytes?: Maybe<Scalars['Bytes']['output']>;
  codeVersion: Scalars['String']['output'];
  committedAt: Scalars['DateTime']['output'];
  /** Cost of all transfers; null as above. */
  cost?: Maybe<Money>;
  /** SHA-256 over the previous digest, this version's header and its content, in hexadecimal. */
  digest: Scalars['String']['output'];
  /** Digest of the facts (pods, nodes, endpoints, routes) that were used. */
  factsDigest: Scalars['String']['output'];
  /** The minutes it folded, half open. */
  from: Scalars['DateTime']['output'];
  /** Digest of the raw rows it was folded from. */
  inputDigest: Scalars['String']['output'];
  kind: VersionKind;
  /** How many nodes it has. Like every sum over the whole version, null for who may not see everything. */
  nodes?: Maybe<Scalars['Int']['output']>;
  number: Scalars['Version']['output'];
  /** The digest before, empty for version 1. */
  previousDigest: Scalars['String']['output'];
  /** Name and version of the price book. */
  priceBook: Scalars['String']['output'];
  /** How tiers and allowances were applied: list or marginal. */
  pricingMode: Scalars['String']['output'];
  to: Scalars['DateTime']['output'];
  /** How many transfers it has; null as above. */
  transfers?: Maybe<Scalars['Int']['output']>;
  /** Bytes with an end that could not be identified; null as above. */
  unknownBytes?: Maybe<Scalars['Bytes']['output']>;
  /** Bytes for which the price book has no sourced price; null as above. */
  unpricedBytes?: Maybe<Scalars['Bytes']['output']>;
};

export type GraphVersionConnection = {
  edges: Array<GraphVersionEdge>;
  pageInfo: PageInfo;
};

export type GraphVersionEdge = {
  cursor: Scalars['String']['output'];
  node: GraphVersion;
};

export type GraphView = {
  nodes: Array<Entity>;
  /** What the limit left out: always counted, never silent. */
  rest: TransferSum;
  total: TransferSum;
  transfers: Array<Transfer>;
  /** Null while nothing is folded. */
  version?: Maybe<GraphVersion>;
  window: AnsweredWindow;
};

/** One event in which transfers deviated together: what, since when, who, how much a day, and why. */
export type Incident = {
  /** The deviating series, costliest first, at most 50. */
  anomalies: Array<Anomaly>;
  /** The answer to "why" in a sentence. "Cause not found" is one. */
  conclusion: Scalars['String']['output'];
  /** What was said of it, newest first. */
  decisions: Array<Decision>;
  /** The end of the minute in which that was sure. */
  detected: Scalars['DateTime']['output'];
  /** Candidate causes, likeliest first. */
  findings: Array<Finding>;
  id: Scalars['ID']['output'];
  /** What was paid beyond the expected so far: exact payments less an estimate. */
  impact: Money;
  /** The impact at the rate so far, over a day: the severity. */
  impactPerDay: Money;
  /** That of its costliest anomaly. */
  kind: AnomalyKind;
  /** The change of cost against the time before, split exactly. */
  parts: CostParts;
  /** The first minute that was off. */
  since: Scalars['DateTime']['output'];
  /** What people made of it. */
  state: IncidentState;
  /** What happened, between whom and what it costs, in one line. */
  title: Scalars['String']['output'];
  /** The first minute that was as usual again. Null while it lasts. */
  until?: Maybe<Scalars['DateTime']['output']>;
  /** The graph version that it was last looked at in. */
  version: Scalars['Version']['output'];
};

export type IncidentConnection = {
  edges: Array<IncidentEdge>;
  pageInfo: PageInfo;
};

export type IncidentEdge = {
  cursor: Scalars['String']['output'];
  node: Incident;
};

export type IncidentState =
  /** Somebody looks into it. */
  | 'ACKNOWLEDGED'
  /** Nobody said anything of it, or it was reopened. */
  | 'OPEN'
  /** Nothing more is to be done. */
  | 'RESOLVED';

export type Initiator =
  /** The receiver opened it: a response. */
  | 'DESTINATION'
  /** The sender opened the connection: a request. */
  | 'SOURCE'
  | 'UNKNOWN';

/** A question that was put to the investigator, on the record with its answer. */
export type Investigation = {
  /** The answer in Markdown, as far as it has come. */
  answer: Scalars['String']['output'];
  /** Name of who asked. */
  by: Scalars['String']['output'];
  /** Null while it runs. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** claude or rules. */
  engine: Scalars['String']['output'];
  /** Why it failed, empty where it did not. */
  failure: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** The incident that it is about, null for none. */
  incident?: Maybe<Scalars['ID']['output']>;
  /** As it was asked. */
  question: Scalars['String']['output'];
  startedAt: Scalars['DateTime']['output'];
  state: InvestigationState;
  /** Names of the stored operations that were asked, in order. */
  steps: Array<Scalars['String']['output']>;
  /** Numbers in the answer that no tool result contains, as written. */
  unproven: Array<Scalars['String']['output']>;
  /** The graph version that the answer is about, null where nothing was folded or it is not done. */
  version?: Maybe<Scalars['Version']['output']>;
};

export type InvestigationConnection = {
  edges: Array<InvestigationEdge>;
  pageInfo: PageInfo;
};

export type InvestigationEdge = {
  cursor: Scalars['String']['output'];
  node: Investigation;
};

export type InvestigationState =
  | 'DONE'
  /** It broke off: `failure` says why. */
  | 'FAILED'
  | 'RUNNING';

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

export type MinuteCoverage = {
  /** Seconds of the minute that it reported on. */
  coveredSeconds: Scalars['Float']['output'];
  /** True where it reported on the whole minute and lost nothing: then its word is taken for what its node sent. */
  full: Scalars['Boolean']['output'];
  /** True where it reported a loss. */
  lost: Scalars['Boolean']['output'];
  /** Seconds of the minute for which it reported a loss; a loss may have no length. */
  lostSeconds: Scalars['Float']['output'];
  minute: Scalars['DateTime']['output'];
};

export type MinuteTotal = {
  bytes: Scalars['Bytes']['output'];
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
export type MutationWithdrawPriceOverlayArgs = {
  key?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['ID']['input'];
  note?: Scalars['String']['input'];
};

/** One node before and after. */
export type NodeChange = {
  after: NodeSum;
  before: NodeSum;
  change: ChangeKind;
  /** Change of the cost of the transfers that it is an end of, negative for a decrease. */
  costChange: Money;
  id: Scalars['ID']['output'];
  kind: EntityKind;
  name: Scalars['String']['output'];
};

/** How far one node's agent reported the minutes of a window. */
export type NodeCoverage = {
  cluster: Scalars['String']['output'];
  /** The minutes that it reported anything on, oldest first. */
  minutes: Array<MinuteCoverage>;
  node: Scalars['String']['output'];
};

/** A node, by name. */
export type NodeRef = {
  id: Scalars['ID']['output'];
  kind: EntityKind;
  name: Scalars['String']['output'];
  /** Kubernetes namespace, empty for what has none. */
  namespace: Scalars['String']['output'];
};

/** What passed one node. A transfer counts at both of its ends, so that nodes do not add up to a total. */
export type NodeSum = {
  bytesIn: Scalars['Bytes']['output'];
  bytesOut: Scalars['Bytes']['output'];
  /** Cost of the transfers that it is an end of. */
  cost: Money;
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
  type: PackedType;
};

/** A window's graph as columns. All columns of a table are equally long. */
export type PackedGraph = {
  /** Currency of the columns `cost`, ISO 4217. */
  currency: Scalars['String']['output'];
  nodes: PackedTable;
  /** What the limit left out: always counted, never silent. */
  rest: TransferSum;
  total: TransferSum;
  transfers: PackedTable;
  version?: Maybe<GraphVersion>;
  window: AnsweredWindow;
};

export type PackedTable = {
  columns: Array<PackedColumn>;
  /** How many rows it has. */
  rows: Scalars['Int']['output'];
};

/** What the numbers of a packed column are. */
export type PackedType =
  /** Whole numbers below 2^53, as IEEE 754 doubles. */
  | 'F64'
  /** No numbers: `texts` has one for each row. */
  | 'TEXT'
  | 'U8'
  | 'U16'
  | 'U32'
  /** 64 bits, of ids: 16 hexadecimal digits each. */
  | 'U64';

export type PageInfo = {
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A text that makes a change or undoes it. */
export type Patch = {
  text: Scalars['String']['output'];
  /** kubernetes (YAML or kubectl), terraform, aws-cli, containerd or text. */
  tool: Scalars['String']['output'];
};

/** Everything that goes from one node to the next, in the direction that was followed. */
export type PathHop = {
  bytes: Scalars['Bytes']['output'];
  cost: Money;
  /** Bytes between two zones that are known and differ. */
  crossZoneBytes: Scalars['Bytes']['output'];
  from: NodeRef;
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

export type PathSet = {
  paths: Array<TransferPath>;
  version: GraphVersion;
  /** False where there are more ways than the limit, or the search stopped at its bound of 200,000 steps. */
  whole: Scalars['Boolean']['output'];
  window: AnsweredWindow;
};

/** An overlay on the price books (docs/formats/overlay.md) that holds from a moment on: it takes the place of that of the settings, and of those that begin before it. */
export type PriceOverlay = {
  at: Scalars['DateTime']['output'];
  /** Name of who put it in force. */
  by: Scalars['String']['output'];
  from: Scalars['DateTime']['output'];
  /** As its text says. */
  name: Scalars['ID']['output'];
  note: Scalars['String']['output'];
  /** YAML. */
  text: Scalars['String']['output'];
};

export type Query = {
  /** Agents and what they cover, newest first. */
  agents: Array<AgentStatus>;
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
   * take too much. docs/formats/graph.md describes the graph; history is packed and is asked by the other fields.
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
  /** The newest version, or the one that `asOf` names, and how far the data can be trusted. Null while nothing is folded. */
  meta?: Maybe<GraphMeta>;
  /** Who exchanges bytes with a node, directly or through others: nearest first, then costliest. */
  neighbourhood: Reachability;
  /**
   * `graph` as columns: for maps of many transfers, at a thirtieth of the server's work. Same nodes, same transfers, same
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
  /** Cypher queries that are shipped. */
  savedCypher: Array<SavedCypher>;
  /** Nodes of a window whose id or name has every word of a text in it, costliest first. */
  search: SearchResult;
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
  /** Totals per minute of the window: the strip under the map. */
  totals: Array<MinuteTotal>;
  /** One transfer by id. Null where the window holds none of it. */
  transfer?: Maybe<TransferDetail>;
  /** Transfers of a window, ordered. */
  transfers: TransferConnection;
  /** Versions, newest first. */
  versions: GraphVersionConnection;
  /** The asker's views and those that are shared with them, by name. */
  views: Array<View>;
};


export type QueryBlastRadiusArgs = {
  hops?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  of: BlastTarget;
  window?: InputMaybe<Window>;
};


export type QueryCoverageArgs = {
  window?: InputMaybe<Window>;
};


export type QueryCrossZoneCirclesArgs = {
  follow?: InputMaybe<Follow>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  minBytes?: InputMaybe<Scalars['Bytes']['input']>;
  window?: InputMaybe<Window>;
};


export type QueryCypherArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  params?: InputMaybe<Scalars['JSON']['input']>;
  query: Scalars['String']['input'];
};


export type QueryDiffArgs = {
  after: Window;
  before: Window;
  groupBy?: InputMaybe<Dimension>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
};


export type QueryEntityArgs = {
  id: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


export type QueryExplainArgs = {
  minutes?: InputMaybe<Scalars['Int']['input']>;
  transfer: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


export type QueryFilterCompletionsArgs = {
  cursor?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  text: Scalars['String']['input'];
  window?: InputMaybe<Window>;
};


export type QueryGraphArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};


export type QueryGroupsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy: Dimension;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};


export type QueryIncidentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryIncidentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryInvestigationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryInvestigationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryMetaArgs = {
  asOf?: InputMaybe<AsOf>;
};


export type QueryNeighbourhoodArgs = {
  hops?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  of: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


export type QueryPackedGraphArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};


export type QueryPathsArgs = {
  follow?: InputMaybe<Follow>;
  from: Scalars['ID']['input'];
  limit?: InputMaybe<Scalars['Int']['input']>;
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  to: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


export type QueryRecommendationArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySearchArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  text: Scalars['String']['input'];
  window?: InputMaybe<Window>;
};


export type QuerySharedDestinationsArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  of?: Array<Scalars['ID']['input']>;
  window?: InputMaybe<Window>;
};


export type QueryStatementArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy?: InputMaybe<Array<StatementDimension>>;
  view?: InputMaybe<StatementView>;
  where?: InputMaybe<Array<StatementFilter>>;
  window?: InputMaybe<Window>;
};


export type QueryTotalsArgs = {
  buckets?: InputMaybe<Scalars['Int']['input']>;
  window?: InputMaybe<Window>;
};


export type QueryTransferArgs = {
  id: Scalars['ID']['input'];
  window?: InputMaybe<Window>;
};


export type QueryTransfersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  entity?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TransferOrder>;
  window?: InputMaybe<Window>;
};


export type QueryVersionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Reachability = {
  /** How many nodes within the hops asked for the limit left out. What lies behind them was not looked at. */
  left: Scalars['Int']['output'];
  /** Cost of the transfers that lead to the nodes left out. */
  leftCost: Money;
  nodes: Array<ReachedNode>;
  version: GraphVersion;
  window: AnsweredWindow;
};

export type ReachedNode = {
  /** Bytes between it and the nodes one hop nearer, both directions. */
  bytes: Scalars['Bytes']['output'];
  /** Cost of these. */
  cost: Money;
  /** How far it is from where the search began; 0 is the node that was asked about. */
  hops: Scalars['Int']['output'];
  node: NodeRef;
  /** A node one hop nearer that it exchanges bytes with; null for the node that was asked about. */
  through?: Maybe<NodeRef>;
};

/** A change that would save money, priced on what really moved. */
export type Recommendation = {
  after: Money;
  /** What makes the change, in one or several languages. */
  apply: Array<Patch>;
  /** What is taken for granted. */
  assumptions: Array<Scalars['String']['output']>;
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
  subject: Scalars['String']['output'];
  title: Scalars['String']['output'];
  to: Scalars['DateTime']['output'];
  undo: Array<Patch>;
  /** What else will happen. */
  warnings: Array<Scalars['String']['output']>;
  /** What was seen. */
  why: Array<Scalars['String']['output']>;
};

export type RecommendationState =
  /** It will be followed. */
  | 'ACCEPTED'
  /** It will not be followed. */
  | 'DISMISSED'
  /** Nobody said anything of it, it was reopened, or the time of its dismissal is over. */
  | 'OPEN';

/** A shipped query: a sentence with slots. */
export type SavedCypher = {
  name: Scalars['String']['output'];
  parameters: Array<SavedParameter>;
  statement: Scalars['String']['output'];
  /** What it answers. */
  title: Scalars['String']['output'];
};

export type SavedParameter = {
  /** A number or a text. */
  default: Scalars['JSON']['output'];
  meaning: Scalars['String']['output'];
  name: Scalars['String']['output'];
};

export type SearchResult = {
  nodes: Array<FoundNode>;
  /** How many nodes match. */
  totalCount: Scalars['Int']['output'];
  /** Null while nothing is folded. */
  version?: Maybe<GraphVersion>;
  window: AnsweredWindow;
};

export type SharedDestination = {
  /** Bytes between it and these callers, both directions. */
  bytes: Scalars['Bytes']['output'];
  callerCount: Scalars['Int']['output'];
  /** Its callers, costliest first. */
  callers: Array<PathHop>;
  cost: Money;
  node: NodeRef;
};


export type SharedDestinationCallersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type SharedDestinations = {
  destinations: Array<SharedDestination>;
  version: GraphVersion;
  window: AnsweredWindow;
};

/** One thing that costs by the hour: a NAT gateway, an interface endpoint, a transit gateway attachment, a public IPv4 address, a line of one's own. */
export type StandingCost = {
  account: Scalars['String']['output'];
  /** What was taken for granted about the price, empty for nothing. */
  assumed: Scalars['String']['output'];
  /** Bytes that went through it, both directions. */
  bytes: Scalars['Bytes']['output'];
  /** Usage type as on the provider's bill, empty for what is on none. */
  code: Scalars['String']['output'];
  cost: Money;
  /** The part of the cost of days in which nobody used it. */
  idle: Money;
  /** Name of the gateway or line, or the address. */
  name: Scalars['String']['output'];
  priceRow: Scalars['String']['output'];
  priceSource: Scalars['String']['output'];
  region: Scalars['String']['output'];
  unitName: Scalars['String']['output'];
  /** How many `unitName` were counted, zones included. */
  units: Scalars['Bytes']['output'];
  /** Why there is no price, empty where there is one. */
  unpricedReason: Scalars['String']['output'];
};

/** Something outside as a person stated it, and while it holds. */
export type StatedEndpoint = {
  account: Scalars['String']['output'];
  cidrs: Array<Scalars['String']['output']>;
  class: Scalars['String']['output'];
  from: Scalars['DateTime']['output'];
  /** Class, region and name, with strokes between. */
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  network: Scalars['String']['output'];
  provider: Scalars['String']['output'];
  region: Scalars['String']['output'];
  team: Scalars['String']['output'];
  /** Null while it holds. */
  to?: Maybe<Scalars['DateTime']['output']>;
  zone: Scalars['String']['output'];
};

export type Statement = {
  currency: Scalars['String']['output'];
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
  version: GraphVersion;
  view: StatementView;
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
  dimension: StatementDimension;
  value: Scalars['String']['input'];
};

export type StatementLine = {
  /** The charges behind it: one line per rule, payer, price row and tier, largest first. Shares of standing costs are among them, with code and price row and without a rule. */
  charges: Array<ChargeLine>;
  /** One value for each dimension of `groupBy`. */
  group: Array<Scalars['String']['output']>;
  sum: StatementSum;
  /** The transfers behind it, largest first; ask `transfer(id)` for the raw rows of one. */
  transfers: Array<StatementTransfer>;
};


export type StatementLineChargesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type StatementLineTransfersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

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
  amount: Money;
  billedBytes: Scalars['Bytes']['output'];
  destination: Scalars['ID']['output'];
  destinationName: Scalars['String']['output'];
  /** Id of the transfer, empty for hours of a gateway that nobody used. */
  id: Scalars['ID']['output'];
  path: Scalars['String']['output'];
  source: Scalars['ID']['output'];
  sourceName: Scalars['String']['output'];
  standing: Money;
  unpricedBytes: Scalars['Bytes']['output'];
};

/** To whom a charge is shown. Both views add up to the same total. */
export type StatementView =
  /** Who opened the connection and so asked for the data, whichever end is billed for it. Unknown where nobody saw who did. */
  | 'CAUSER'
  /** Whom the cloud bills: the sending end, the receiving end, or the gateway in between. */
  | 'PAYER';

export type Subscription = {
  /** Asks the investigator and streams its answer. Events end with a ChatDone or a ChatFailed. */
  ask: ChatEvent;
  /** An investigation as it goes on: first as it is, then at each step, and at last as it ended. */
  investigationProgress: Investigation;
  /** Each version as it is committed. */
  versionCommitted: GraphVersion;
};


export type SubscriptionAskArgs = {
  conversation?: InputMaybe<Scalars['ID']['input']>;
  question: Scalars['String']['input'];
};


export type SubscriptionInvestigationProgressArgs = {
  id: Scalars['ID']['input'];
};

/** Bytes that went from one node to another by one way. */
export type Transfer = {
  bytes: Scalars['Bytes']['output'];
  /** Wire bytes by the other end's report, null where there was none. */
  checkBytes?: Maybe<Scalars['Bytes']['output']>;
  connections: Scalars['Bytes']['output'];
  cost: Money;
  destination: Scalars['ID']['output'];
  destinationAccount: Scalars['String']['output'];
  destinationName: Scalars['String']['output'];
  destinationNetwork: Scalars['String']['output'];
  destinationRegion: Scalars['String']['output'];
  destinationRevision: Scalars['String']['output'];
  destinationZone: Scalars['String']['output'];
  /** Stable id, t and 16 hexadecimal digits. */
  id: Scalars['ID']['output'];
  /** Which end opened the connections. */
  initiator: Initiator;
  packets: Scalars['Bytes']['output'];
  /** The way the bytes take, for example vpc, nat, gateway-endpoint. */
  path: Scalars['String']['output'];
  /** True where no inventory told the way and a default was taken. */
  pathAssumed: Scalars['Boolean']['output'];
  /** Transport payload bytes, each counted once. */
  payloadBytes: Scalars['Bytes']['output'];
  /** tcp, udp, icmp, ... */
  protocol: Scalars['String']['output'];
  retransmittedPackets: Scalars['Bytes']['output'];
  /** Highest smoothed round-trip time in microseconds, null where unknown. */
  rttMicros?: Maybe<Scalars['Int']['output']>;
  /** The accepting side's port, 0 for protocols without ports. */
  serverPort: Scalars['Int']['output'];
  source: Scalars['ID']['output'];
  /** Account, subscription or project that is billed for each side, empty where not known. */
  sourceAccount: Scalars['String']['output'];
  sourceName: Scalars['String']['output'];
  /** Id of each side's VPC or VNet, empty where not known. */
  sourceNetwork: Scalars['String']['output'];
  sourceRegion: Scalars['String']['output'];
  /** Rollout revision ids, empty where an end has none. */
  sourceRevision: Scalars['String']['output'];
  sourceZone: Scalars['String']['output'];
  /** The gateway or endpoint on the way, empty where there is none. */
  via: Scalars['String']['output'];
};

export type TransferConnection = {
  edges: Array<TransferEdge>;
  pageInfo: PageInfo;
  /** What lies behind this page: always counted, never silent. */
  rest: TransferSum;
  /** Bytes and cost of all that match, shown or not. */
  total: TransferSum;
  /** How many transfers match. */
  totalCount: Scalars['Int']['output'];
  version?: Maybe<GraphVersion>;
  window: AnsweredWindow;
};

export type TransferDetail = {
  /** What it costs and why, summed over the window: one line per rule, payer and price row. */
  charges: Array<ChargeLine>;
  /** The raw rows behind it, newest first. */
  flows: Array<FlowRow>;
  /** Minute by minute, or summed up: see totals. */
  series: Array<MinuteTotal>;
  transfer: Transfer;
  version?: Maybe<GraphVersion>;
  window: AnsweredWindow;
};


export type TransferDetailFlowsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type TransferDetailSeriesArgs = {
  buckets?: InputMaybe<Scalars['Int']['input']>;
};

export type TransferEdge = {
  cursor: Scalars['String']['output'];
  node: Transfer;
};

/** One group of transfers. */
export type TransferGroup = {
  /** Its name, or the names of source and destination; an empty name is unknown, or the namespace or team of what has none. */
  group: Array<Scalars['String']['output']>;
  sum: TransferSum;
};

/** A window's transfers added up in groups. */
export type TransferGroups = {
  groupBy: Dimension;
  /** How many groups there are, listed or not. */
  groupCount: Scalars['Int']['output'];
  /** Largest first. */
  groups: Array<TransferGroup>;
  /** What `first` left out: always counted, never silent. */
  rest: TransferSum;
  /** Everything; it is the sum of `groups` and `rest`. */
  total: TransferSum;
  version: GraphVersion;
  window: AnsweredWindow;
};

export type TransferOrder =
  | 'BYTES'
  | 'COST';

/** One way from a node to another. */
export type TransferPath = {
  /** Bytes of the hop that carries the fewest: no more can have gone all the way. */
  bytes: Scalars['Bytes']['output'];
  /** Cost of all hops. */
  cost: Money;
  hops: Array<PathHop>;
  /** How many hops carry bytes between zones. */
  zoneCrossings: Scalars['Int']['output'];
};

export type TransferSum = {
  bytes: Scalars['Bytes']['output'];
  cost: Money;
  transfers: Scalars['Int']['output'];
};

export type VersionKind =
  /** Old minutes merged; totals unchanged. */
  | 'COMPACT'
  /** A minute folded for the first time. */
  | 'FOLD'
  /** A minute folded again with late or corrected data. */
  | 'REFOLD'
  /** The same transfers under another price book. */
  | 'REPRICE';

/** A state of the user interface under a name. */
export type View = {
  id: Scalars['ID']['output'];
  /** True where it is the asker's own. */
  mine: Scalars['Boolean']['output'];
  name: Scalars['String']['output'];
  /** Name of who saved it. */
  owner: Scalars['String']['output'];
  savedAt: Scalars['DateTime']['output'];
  shared: Scalars['Boolean']['output'];
  /** The page's path and query. */
  state: Scalars['String']['output'];
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
