/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation SaveEndpoint($endpoint: EndpointInput!, $note: String!) { saveEndpoint(endpoint: $endpoint, note: $note) { id } }\n": typeof types.SaveEndpointDocument,
    "\n  mutation EndEndpoint($id: ID!) { endEndpoint(id: $id) { id } }\n": typeof types.EndEndpointDocument,
    "\n  mutation PutOverlay($text: String!, $from: DateTime!, $note: String!) { putPriceOverlay(text: $text, from: $from, note: $note) { name } }\n": typeof types.PutOverlayDocument,
    "\n  mutation WithdrawOverlay($name: ID!) { withdrawPriceOverlay(name: $name) }\n": typeof types.WithdrawOverlayDocument,
    "\n  mutation SaveView($name: String!, $state: String!, $shared: Boolean!) { saveView(name: $name, state: $state, shared: $shared) { id } }\n": typeof types.SaveViewDocument,
    "\n  mutation DeleteView($id: ID!) { deleteView(id: $id) }\n": typeof types.DeleteViewDocument,
    "\n  mutation Acknowledge($id: ID!, $note: String!) { acknowledgeIncident(id: $id, note: $note) { id state } }\n": typeof types.AcknowledgeDocument,
    "\n  mutation Resolve($id: ID!, $note: String!) { resolveIncident(id: $id, note: $note) { id state } }\n": typeof types.ResolveDocument,
    "\n  mutation ReopenIncident($id: ID!, $note: String!) { reopenIncident(id: $id, note: $note) { id state } }\n": typeof types.ReopenIncidentDocument,
    "\n  mutation Accept($id: ID!, $note: String!) { acceptRecommendation(id: $id, note: $note) { id state } }\n": typeof types.AcceptDocument,
    "\n  mutation Dismiss($id: ID!, $reason: String!) { dismissRecommendation(id: $id, reason: $reason) { id state } }\n": typeof types.DismissDocument,
    "\n  mutation ReopenSaving($id: ID!, $note: String!) { reopenRecommendation(id: $id, note: $note) { id state } }\n": typeof types.ReopenSavingDocument,
    "\n  query Statement($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {\n    statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {\n      currency pricingModes\n      lines { group sum { amount { amount currency nano } shown standing { amount currency nano } standingShown billedBytes unpricedBytes } }\n      rest { lines amount { amount currency } shown standing { amount currency } standingShown billedBytes unpricedBytes }\n      total { amount { amount currency } shown standing { amount currency } standingShown billedBytes unpricedBytes }\n      own { amount { amount currency } }\n      standing { name code units unitName cost { amount currency nano } idle { amount currency nano } bytes priceRow assumed unpricedReason }\n    }\n  }\n": typeof types.StatementDocument,
    "\n  query WaysOfMoney($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {\n    statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {\n      currency\n      lines { group sum { amount { amount currency } } }\n      rest { lines shown }\n      total { amount { amount } }\n    }\n  }\n": typeof types.WaysOfMoneyDocument,
    "\n  query Forecast($window: Window!) {\n    forecast(window: $window) {\n      from through to missingMinutes historyHours method unknown assumptions\n      toDate { amount currency } expected { amount currency } low { amount currency } high { amount currency }\n    }\n  }\n": typeof types.ForecastDocument,
    "\n  query StatementLine($window: Window!, $where: [StatementFilter!]!, $groupBy: [StatementDimension!]!, $view: StatementView!) {\n    statement(window: $window, where: $where, groupBy: $groupBy, view: $view, first: 1) {\n      lines {\n        charges(first: 200) {\n          payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency nano }\n          priceRow priceSource pathAssumed unpricedReason\n        }\n        transfers(first: 200) { id sourceName destinationName path amount { amount currency nano } standing { amount currency nano } billedBytes }\n      }\n    }\n  }\n": typeof types.StatementLineDocument,
    "\n  query ToDo {\n    incidents(first: 50) { edges { node { id title since until state impactPerDay { amount currency nano } } } }\n    recommendations { id title state monthly { amount currency nano } }\n  }\n": typeof types.ToDoDocument,
    "\n  query InsightsAbout {\n    incidents(first: 50) { edges { node { id title since until impactPerDay { amount currency } anomalies { source destination } findings { entity } } } }\n    recommendations { id title state entities monthly { amount currency } }\n  }\n": typeof types.InsightsAboutDocument,
    "\n  query Reconciliations {\n    reconciliations {\n      name problem month minutes foldedMinutes explainedBytes explainedCost\n      billed { ...SumOfBill } counted { ...SumOfBill } explained { ...SumOfBill }\n      codes {\n        account region code notBilledBytes\n        billed { ...SumOfBill } counted { ...SumOfBill } explained { ...SumOfBill } outOfSight { ...SumOfBill } unexplained { ...SumOfBill }\n      }\n      findings { kind name account region code days bytes percent cost { amount currency nano } }\n    }\n  }\n  fragment SumOfBill on ReconciledSum { bytes cost { amount currency nano } }\n": typeof types.ReconciliationsDocument,
    "\n  query Head($asOf: AsOf) {\n    meta(asOf: $asOf) {\n      lagSeconds\n      lostBytes\n      lab\n      version { number kind from to digest bytes unknownBytes unpricedBytes committedAt cost { currency } }\n    }\n    transfers(window: { asOf: $asOf }, first: 1) { window { to } }\n  }\n": typeof types.HeadDocument,
    "\n  query Overview($window: Window!, $before: Window!) {\n    paths: statement(window: $window, groupBy: [PATH], first: 6) {\n      ...LinesOfStatement\n      standing { name code cost { amount currency } bytes unpricedReason }\n    }\n    causers: statement(window: $window, groupBy: [NAMESPACE], view: CAUSER, first: 6) { ...LinesOfStatement }\n    codes: statement(window: $window, groupBy: [CHARGE_CODE], first: 6) { ...LinesOfStatement }\n    diff(before: $before, after: $window, groupBy: PAIR, limit: 6) {\n      before { minutes foldedMinutes }\n      after { minutes foldedMinutes }\n      total { costChange { amount currency } before { cost { amount currency } } after { bytes cost { amount currency } } }\n      rows { change group bytesChange costChange { amount currency } }\n    }\n  }\n  fragment LinesOfStatement on Statement {\n    lines { group sum { ...SumOfStatement } }\n    rest { ...SumOfStatement }\n    total { ...SumOfStatement }\n  }\n  fragment SumOfStatement on StatementSum { lines shown amount { amount currency } billedBytes unpricedBytes }\n": typeof types.OverviewDocument,
    "\n  query Incidents($first: Int!) {\n    incidents(first: $first) {\n      edges { node { id kind title since until conclusion state impact { amount currency nano } impactPerDay { amount currency nano } } }\n    }\n  }\n": typeof types.IncidentsDocument,
    "\n  query Incident($id: ID!) {\n    incident(id: $id) {\n      id kind title since detected until conclusion version state\n      decisions { action by at note }\n      impact { amount currency }\n      impactPerDay { amount currency }\n      parts {\n        change { amount currency } volume { amount currency } path { amount currency }\n        price { amount currency } tier { amount currency } remainder { amount currency }\n      }\n      anomalies { scope kind basis since until cost { amount currency } expectedCost { amount currency } }\n      findings { kind subject at explains { amount currency } for against score confidence }\n      remedy { action command undo undoCommand }\n    }\n  }\n": typeof types.IncidentDocument,
    "\n  query Savings {\n    recommendations {\n      id kind title from to minutes bytes breakEvenBytes why assumptions warnings check entities state\n      decisions { action by at note until }\n      monthly { amount currency } low { amount currency } high { amount currency }\n      saving { amount currency } before { amount currency } after { amount currency }\n      apply { tool text } undo { tool text }\n    }\n    verdicts {\n      recommendation kind title applied evidence state summary reasons entities from to minutes\n      predicted { amount currency } realised { amount currency }\n    }\n  }\n": typeof types.SavingsDocument,
    "\n  query Graph($window: Window!, $limit: Int!, $nodes: Int!) {\n    graph(window: $window, limit: $limit, nodes: $nodes) {\n      version { number }\n      window { from to }\n      nodes { id kind name namespace type cluster region zones x y bytesOut bytesIn cost { amount currency nano } }\n      transfers {\n        id source destination sourceName destinationName sourceRevision destinationRevision sourceZone destinationZone\n        serverPort protocol initiator path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      total { transfers bytes cost { amount currency } }\n      rest { transfers bytes cost { amount currency } }\n      restNodes\n    }\n  }\n": typeof types.GraphDocument,
    "\n  query Diff($before: Window!, $after: Window!, $groupBy: Dimension!, $orderBy: TransferOrder!, $limit: Int!) {\n    diff(before: $before, after: $after, groupBy: $groupBy, orderBy: $orderBy, limit: $limit) {\n      before { window { from to } minutes foldedMinutes }\n      after { window { from to } minutes foldedMinutes }\n      total { ...SumOfDiff }\n      appeared { ...SumOfDiff }\n      disappeared { ...SumOfDiff }\n      changed { ...SumOfDiff }\n      unchanged { ...SumOfDiff }\n      rest { ...SumOfDiff }\n      rows {\n        change group bytesChange\n        before { bytes cost { amount currency } }\n        after { bytes cost { amount currency } }\n        costChange { amount currency nano }\n        transfer { id source destination sourceName destinationName serverPort protocol path via pathAssumed sourceZone destinationZone }\n      }\n    }\n  }\n  fragment SumOfDiff on DiffSum {\n    rows bytesChange\n    costChange { amount currency }\n    before { bytes cost { amount currency } }\n    after { bytes cost { amount currency } }\n  }\n": typeof types.DiffDocument,
    "\n  query Totals($window: Window!) {\n    totals(window: $window) { minute bytes cost { amount currency nano } }\n  }\n": typeof types.TotalsDocument,
    "\n  query Entity($id: ID!, $window: Window!) {\n    entity(id: $id, window: $window) {\n      window { from to }\n      version { number }\n      entity { id kind name namespace type cluster region zones bytesOut bytesIn cost { amount currency } }\n      transfers(first: 100) {\n        id source destination sourceName destinationName serverPort protocol path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      deployments { id hash revision images rolledOutAt changedBy cause gitCommit }\n      series { minute bytes cost { amount currency nano } }\n    }\n  }\n": typeof types.EntityDocument,
    "\n  query Paths($from: ID!, $to: ID!, $window: Window!) {\n    paths(from: $from, to: $to, window: $window, maxHops: 4, limit: 20) {\n      whole\n      paths {\n        bytes zoneCrossings\n        cost { amount currency }\n        hops { bytes crossZoneBytes transfers from { id name } to { id name } cost { amount currency } transferIds(first: 1) }\n      }\n    }\n  }\n": typeof types.PathsDocument,
    "\n  query Teams($window: Window!) {\n    statement(window: $window, groupBy: [WORKLOAD, TEAM], first: 10000) { lines { group } }\n  }\n": typeof types.TeamsDocument,
    "\n  query Dependents($id: ID!, $window: Window!) {\n    blastRadius(of: { node: $id }, hops: 3, limit: 50, window: $window) {\n      left\n      leftCost { amount currency }\n      nodes { hops bytes cost { amount currency } node { id name } through { id name } }\n    }\n  }\n": typeof types.DependentsDocument,
    "\n  query Transfer($id: ID!, $window: Window!) {\n    transfer(id: $id, window: $window) {\n      window { from to }\n      version { number priceBook digest }\n      transfer {\n        id source destination sourceName destinationName sourceRevision destinationRevision serverPort protocol\n        initiator sourceZone destinationZone sourceRegion destinationRegion sourceAccount destinationAccount sourceNetwork destinationNetwork path via pathAssumed\n        bytes payloadBytes packets retransmittedPackets connections rttMicros checkBytes\n        cost { amount currency display }\n      }\n      series { minute bytes cost { amount currency nano } }\n      charges {\n        payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency }\n        priceRow priceSource pathAssumed unpricedReason\n      }\n      flows(first: 20) {\n        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress serverPort\n        protocol role sentBytes receivedBytes connections batch\n      }\n    }\n  }\n": typeof types.TransferDocument,
    "\n  query Versions($first: Int!, $after: String) {\n    versions(first: $first, after: $after) {\n      edges {\n        node {\n          number kind from to digest previousDigest inputDigest factsDigest priceBook codeVersion\n          nodes transfers bytes unknownBytes unpricedBytes committedAt cost { amount currency }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.VersionsDocument,
    "\n  query Explain($transfer: ID!, $window: Window!) {\n    explain(transfer: $transfer, window: $window) {\n      minutes {\n        minute version bytes\n        pairs {\n          source destination serverPort choiceText\n          reports {\n            taken bySender bytes pathText pathGap service\n            flow { agent batch windowStart }\n            source { ruleText }\n            destination { ruleText }\n          }\n        }\n        facts { kind key source from text recordedAt }\n      }\n    }\n  }\n": typeof types.ExplainDocument,
    "\n  query Status {\n    meta { lagSeconds lostBytes lab version { number kind from to bytes unknownBytes unpricedBytes priceBook codeVersion digest committedAt } }\n    agents { cluster node mode coveredThrough lastBatchAt lostBytes }\n    coverage { cluster node minutes { full } }\n    watches { name server clockSkewSeconds resources { resource state gap message since heard objects lists neededFor } }\n  }\n": typeof types.StatusDocument,
    "\n  query Investigator { investigator { engine model notice suggestions } }\n": typeof types.InvestigatorDocument,
    "\n  subscription VersionCommitted { versionCommitted { number to } }\n": typeof types.VersionCommittedDocument,
    "\n  query AskPreview($question: String!, $conversation: ID) { askPreview(question: $question, conversation: $conversation) }\n": typeof types.AskPreviewDocument,
    "\n  subscription Ask($question: String!, $conversation: ID) {\n    ask(question: $question, conversation: $conversation) {\n      __typename\n      ... on ChatText { text }\n      ... on ChatFigure { text reference exact unit version window { from to } call path calculation by }\n      ... on ChatCause { text reference call }\n      ... on ChatUnproven { text why }\n      ... on ChatToolCall { id name input result error }\n      ... on ChatDone { conversation version unproven inputTokens outputTokens costUsd }\n      ... on ChatFailed { code message hint }\n    }\n  }\n": typeof types.AskDocument,
    "\n  query SavedCypher { savedCypher { name title statement parameters { name meaning default } } }\n": typeof types.SavedCypherDocument,
    "\n  query Cypher($query: String!, $params: JSON, $window: Window, $limit: Int!) {\n    cypher(query: $query, params: $params, window: $window, limit: $limit) {\n      columns rows more estimatedRows\n      nodes { element labels properties }\n      relationships { element start end type properties }\n    }\n  }\n": typeof types.CypherDocument,
    "\n  query Flows($id: ID!, $window: Window!, $first: Int!) {\n    transfer(id: $id, window: $window) {\n      window { from to }\n      transfer { sourceName destinationName bytes }\n      flows(first: $first) {\n        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress virtualPort serverPort protocol role\n        sentBytes receivedBytes sentPayloadBytes receivedPayloadBytes sentPackets receivedPackets connections batch\n      }\n    }\n  }\n": typeof types.FlowsDocument,
    "\n  query Settings {\n    meta { version { priceBook pricingMode } }\n    investigator { engine model notice }\n    limits { seconds windowMinutes transfers flowRows complexity depth bodyBytes documentsOnly }\n  }\n": typeof types.SettingsDocument,
    "\n  query Stated {\n    statedEndpoints { id class name cidrs provider region zone network account team from to }\n    priceOverlays { name text from by at note }\n  }\n": typeof types.StatedDocument,
    "\n  query Views { views { id name state shared owner mine savedAt } }\n": typeof types.ViewsDocument,
    "\n  query FilterCompletions($text: String!, $cursor: Int!, $window: Window!) {\n    filterCompletions(text: $text, cursor: $cursor, window: $window, first: 12) {\n      canonical from to\n      problem { message hint }\n      completions { text kind doc }\n    }\n  }\n": typeof types.FilterCompletionsDocument,
};
const documents: Documents = {
    "\n  mutation SaveEndpoint($endpoint: EndpointInput!, $note: String!) { saveEndpoint(endpoint: $endpoint, note: $note) { id } }\n": types.SaveEndpointDocument,
    "\n  mutation EndEndpoint($id: ID!) { endEndpoint(id: $id) { id } }\n": types.EndEndpointDocument,
    "\n  mutation PutOverlay($text: String!, $from: DateTime!, $note: String!) { putPriceOverlay(text: $text, from: $from, note: $note) { name } }\n": types.PutOverlayDocument,
    "\n  mutation WithdrawOverlay($name: ID!) { withdrawPriceOverlay(name: $name) }\n": types.WithdrawOverlayDocument,
    "\n  mutation SaveView($name: String!, $state: String!, $shared: Boolean!) { saveView(name: $name, state: $state, shared: $shared) { id } }\n": types.SaveViewDocument,
    "\n  mutation DeleteView($id: ID!) { deleteView(id: $id) }\n": types.DeleteViewDocument,
    "\n  mutation Acknowledge($id: ID!, $note: String!) { acknowledgeIncident(id: $id, note: $note) { id state } }\n": types.AcknowledgeDocument,
    "\n  mutation Resolve($id: ID!, $note: String!) { resolveIncident(id: $id, note: $note) { id state } }\n": types.ResolveDocument,
    "\n  mutation ReopenIncident($id: ID!, $note: String!) { reopenIncident(id: $id, note: $note) { id state } }\n": types.ReopenIncidentDocument,
    "\n  mutation Accept($id: ID!, $note: String!) { acceptRecommendation(id: $id, note: $note) { id state } }\n": types.AcceptDocument,
    "\n  mutation Dismiss($id: ID!, $reason: String!) { dismissRecommendation(id: $id, reason: $reason) { id state } }\n": types.DismissDocument,
    "\n  mutation ReopenSaving($id: ID!, $note: String!) { reopenRecommendation(id: $id, note: $note) { id state } }\n": types.ReopenSavingDocument,
    "\n  query Statement($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {\n    statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {\n      currency pricingModes\n      lines { group sum { amount { amount currency nano } shown standing { amount currency nano } standingShown billedBytes unpricedBytes } }\n      rest { lines amount { amount currency } shown standing { amount currency } standingShown billedBytes unpricedBytes }\n      total { amount { amount currency } shown standing { amount currency } standingShown billedBytes unpricedBytes }\n      own { amount { amount currency } }\n      standing { name code units unitName cost { amount currency nano } idle { amount currency nano } bytes priceRow assumed unpricedReason }\n    }\n  }\n": types.StatementDocument,
    "\n  query WaysOfMoney($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {\n    statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {\n      currency\n      lines { group sum { amount { amount currency } } }\n      rest { lines shown }\n      total { amount { amount } }\n    }\n  }\n": types.WaysOfMoneyDocument,
    "\n  query Forecast($window: Window!) {\n    forecast(window: $window) {\n      from through to missingMinutes historyHours method unknown assumptions\n      toDate { amount currency } expected { amount currency } low { amount currency } high { amount currency }\n    }\n  }\n": types.ForecastDocument,
    "\n  query StatementLine($window: Window!, $where: [StatementFilter!]!, $groupBy: [StatementDimension!]!, $view: StatementView!) {\n    statement(window: $window, where: $where, groupBy: $groupBy, view: $view, first: 1) {\n      lines {\n        charges(first: 200) {\n          payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency nano }\n          priceRow priceSource pathAssumed unpricedReason\n        }\n        transfers(first: 200) { id sourceName destinationName path amount { amount currency nano } standing { amount currency nano } billedBytes }\n      }\n    }\n  }\n": types.StatementLineDocument,
    "\n  query ToDo {\n    incidents(first: 50) { edges { node { id title since until state impactPerDay { amount currency nano } } } }\n    recommendations { id title state monthly { amount currency nano } }\n  }\n": types.ToDoDocument,
    "\n  query InsightsAbout {\n    incidents(first: 50) { edges { node { id title since until impactPerDay { amount currency } anomalies { source destination } findings { entity } } } }\n    recommendations { id title state entities monthly { amount currency } }\n  }\n": types.InsightsAboutDocument,
    "\n  query Reconciliations {\n    reconciliations {\n      name problem month minutes foldedMinutes explainedBytes explainedCost\n      billed { ...SumOfBill } counted { ...SumOfBill } explained { ...SumOfBill }\n      codes {\n        account region code notBilledBytes\n        billed { ...SumOfBill } counted { ...SumOfBill } explained { ...SumOfBill } outOfSight { ...SumOfBill } unexplained { ...SumOfBill }\n      }\n      findings { kind name account region code days bytes percent cost { amount currency nano } }\n    }\n  }\n  fragment SumOfBill on ReconciledSum { bytes cost { amount currency nano } }\n": types.ReconciliationsDocument,
    "\n  query Head($asOf: AsOf) {\n    meta(asOf: $asOf) {\n      lagSeconds\n      lostBytes\n      lab\n      version { number kind from to digest bytes unknownBytes unpricedBytes committedAt cost { currency } }\n    }\n    transfers(window: { asOf: $asOf }, first: 1) { window { to } }\n  }\n": types.HeadDocument,
    "\n  query Overview($window: Window!, $before: Window!) {\n    paths: statement(window: $window, groupBy: [PATH], first: 6) {\n      ...LinesOfStatement\n      standing { name code cost { amount currency } bytes unpricedReason }\n    }\n    causers: statement(window: $window, groupBy: [NAMESPACE], view: CAUSER, first: 6) { ...LinesOfStatement }\n    codes: statement(window: $window, groupBy: [CHARGE_CODE], first: 6) { ...LinesOfStatement }\n    diff(before: $before, after: $window, groupBy: PAIR, limit: 6) {\n      before { minutes foldedMinutes }\n      after { minutes foldedMinutes }\n      total { costChange { amount currency } before { cost { amount currency } } after { bytes cost { amount currency } } }\n      rows { change group bytesChange costChange { amount currency } }\n    }\n  }\n  fragment LinesOfStatement on Statement {\n    lines { group sum { ...SumOfStatement } }\n    rest { ...SumOfStatement }\n    total { ...SumOfStatement }\n  }\n  fragment SumOfStatement on StatementSum { lines shown amount { amount currency } billedBytes unpricedBytes }\n": types.OverviewDocument,
    "\n  query Incidents($first: Int!) {\n    incidents(first: $first) {\n      edges { node { id kind title since until conclusion state impact { amount currency nano } impactPerDay { amount currency nano } } }\n    }\n  }\n": types.IncidentsDocument,
    "\n  query Incident($id: ID!) {\n    incident(id: $id) {\n      id kind title since detected until conclusion version state\n      decisions { action by at note }\n      impact { amount currency }\n      impactPerDay { amount currency }\n      parts {\n        change { amount currency } volume { amount currency } path { amount currency }\n        price { amount currency } tier { amount currency } remainder { amount currency }\n      }\n      anomalies { scope kind basis since until cost { amount currency } expectedCost { amount currency } }\n      findings { kind subject at explains { amount currency } for against score confidence }\n      remedy { action command undo undoCommand }\n    }\n  }\n": types.IncidentDocument,
    "\n  query Savings {\n    recommendations {\n      id kind title from to minutes bytes breakEvenBytes why assumptions warnings check entities state\n      decisions { action by at note until }\n      monthly { amount currency } low { amount currency } high { amount currency }\n      saving { amount currency } before { amount currency } after { amount currency }\n      apply { tool text } undo { tool text }\n    }\n    verdicts {\n      recommendation kind title applied evidence state summary reasons entities from to minutes\n      predicted { amount currency } realised { amount currency }\n    }\n  }\n": types.SavingsDocument,
    "\n  query Graph($window: Window!, $limit: Int!, $nodes: Int!) {\n    graph(window: $window, limit: $limit, nodes: $nodes) {\n      version { number }\n      window { from to }\n      nodes { id kind name namespace type cluster region zones x y bytesOut bytesIn cost { amount currency nano } }\n      transfers {\n        id source destination sourceName destinationName sourceRevision destinationRevision sourceZone destinationZone\n        serverPort protocol initiator path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      total { transfers bytes cost { amount currency } }\n      rest { transfers bytes cost { amount currency } }\n      restNodes\n    }\n  }\n": types.GraphDocument,
    "\n  query Diff($before: Window!, $after: Window!, $groupBy: Dimension!, $orderBy: TransferOrder!, $limit: Int!) {\n    diff(before: $before, after: $after, groupBy: $groupBy, orderBy: $orderBy, limit: $limit) {\n      before { window { from to } minutes foldedMinutes }\n      after { window { from to } minutes foldedMinutes }\n      total { ...SumOfDiff }\n      appeared { ...SumOfDiff }\n      disappeared { ...SumOfDiff }\n      changed { ...SumOfDiff }\n      unchanged { ...SumOfDiff }\n      rest { ...SumOfDiff }\n      rows {\n        change group bytesChange\n        before { bytes cost { amount currency } }\n        after { bytes cost { amount currency } }\n        costChange { amount currency nano }\n        transfer { id source destination sourceName destinationName serverPort protocol path via pathAssumed sourceZone destinationZone }\n      }\n    }\n  }\n  fragment SumOfDiff on DiffSum {\n    rows bytesChange\n    costChange { amount currency }\n    before { bytes cost { amount currency } }\n    after { bytes cost { amount currency } }\n  }\n": types.DiffDocument,
    "\n  query Totals($window: Window!) {\n    totals(window: $window) { minute bytes cost { amount currency nano } }\n  }\n": types.TotalsDocument,
    "\n  query Entity($id: ID!, $window: Window!) {\n    entity(id: $id, window: $window) {\n      window { from to }\n      version { number }\n      entity { id kind name namespace type cluster region zones bytesOut bytesIn cost { amount currency } }\n      transfers(first: 100) {\n        id source destination sourceName destinationName serverPort protocol path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      deployments { id hash revision images rolledOutAt changedBy cause gitCommit }\n      series { minute bytes cost { amount currency nano } }\n    }\n  }\n": types.EntityDocument,
    "\n  query Paths($from: ID!, $to: ID!, $window: Window!) {\n    paths(from: $from, to: $to, window: $window, maxHops: 4, limit: 20) {\n      whole\n      paths {\n        bytes zoneCrossings\n        cost { amount currency }\n        hops { bytes crossZoneBytes transfers from { id name } to { id name } cost { amount currency } transferIds(first: 1) }\n      }\n    }\n  }\n": types.PathsDocument,
    "\n  query Teams($window: Window!) {\n    statement(window: $window, groupBy: [WORKLOAD, TEAM], first: 10000) { lines { group } }\n  }\n": types.TeamsDocument,
    "\n  query Dependents($id: ID!, $window: Window!) {\n    blastRadius(of: { node: $id }, hops: 3, limit: 50, window: $window) {\n      left\n      leftCost { amount currency }\n      nodes { hops bytes cost { amount currency } node { id name } through { id name } }\n    }\n  }\n": types.DependentsDocument,
    "\n  query Transfer($id: ID!, $window: Window!) {\n    transfer(id: $id, window: $window) {\n      window { from to }\n      version { number priceBook digest }\n      transfer {\n        id source destination sourceName destinationName sourceRevision destinationRevision serverPort protocol\n        initiator sourceZone destinationZone sourceRegion destinationRegion sourceAccount destinationAccount sourceNetwork destinationNetwork path via pathAssumed\n        bytes payloadBytes packets retransmittedPackets connections rttMicros checkBytes\n        cost { amount currency display }\n      }\n      series { minute bytes cost { amount currency nano } }\n      charges {\n        payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency }\n        priceRow priceSource pathAssumed unpricedReason\n      }\n      flows(first: 20) {\n        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress serverPort\n        protocol role sentBytes receivedBytes connections batch\n      }\n    }\n  }\n": types.TransferDocument,
    "\n  query Versions($first: Int!, $after: String) {\n    versions(first: $first, after: $after) {\n      edges {\n        node {\n          number kind from to digest previousDigest inputDigest factsDigest priceBook codeVersion\n          nodes transfers bytes unknownBytes unpricedBytes committedAt cost { amount currency }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.VersionsDocument,
    "\n  query Explain($transfer: ID!, $window: Window!) {\n    explain(transfer: $transfer, window: $window) {\n      minutes {\n        minute version bytes\n        pairs {\n          source destination serverPort choiceText\n          reports {\n            taken bySender bytes pathText pathGap service\n            flow { agent batch windowStart }\n            source { ruleText }\n            destination { ruleText }\n          }\n        }\n        facts { kind key source from text recordedAt }\n      }\n    }\n  }\n": types.ExplainDocument,
    "\n  query Status {\n    meta { lagSeconds lostBytes lab version { number kind from to bytes unknownBytes unpricedBytes priceBook codeVersion digest committedAt } }\n    agents { cluster node mode coveredThrough lastBatchAt lostBytes }\n    coverage { cluster node minutes { full } }\n    watches { name server clockSkewSeconds resources { resource state gap message since heard objects lists neededFor } }\n  }\n": types.StatusDocument,
    "\n  query Investigator { investigator { engine model notice suggestions } }\n": types.InvestigatorDocument,
    "\n  subscription VersionCommitted { versionCommitted { number to } }\n": types.VersionCommittedDocument,
    "\n  query AskPreview($question: String!, $conversation: ID) { askPreview(question: $question, conversation: $conversation) }\n": types.AskPreviewDocument,
    "\n  subscription Ask($question: String!, $conversation: ID) {\n    ask(question: $question, conversation: $conversation) {\n      __typename\n      ... on ChatText { text }\n      ... on ChatFigure { text reference exact unit version window { from to } call path calculation by }\n      ... on ChatCause { text reference call }\n      ... on ChatUnproven { text why }\n      ... on ChatToolCall { id name input result error }\n      ... on ChatDone { conversation version unproven inputTokens outputTokens costUsd }\n      ... on ChatFailed { code message hint }\n    }\n  }\n": types.AskDocument,
    "\n  query SavedCypher { savedCypher { name title statement parameters { name meaning default } } }\n": types.SavedCypherDocument,
    "\n  query Cypher($query: String!, $params: JSON, $window: Window, $limit: Int!) {\n    cypher(query: $query, params: $params, window: $window, limit: $limit) {\n      columns rows more estimatedRows\n      nodes { element labels properties }\n      relationships { element start end type properties }\n    }\n  }\n": types.CypherDocument,
    "\n  query Flows($id: ID!, $window: Window!, $first: Int!) {\n    transfer(id: $id, window: $window) {\n      window { from to }\n      transfer { sourceName destinationName bytes }\n      flows(first: $first) {\n        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress virtualPort serverPort protocol role\n        sentBytes receivedBytes sentPayloadBytes receivedPayloadBytes sentPackets receivedPackets connections batch\n      }\n    }\n  }\n": types.FlowsDocument,
    "\n  query Settings {\n    meta { version { priceBook pricingMode } }\n    investigator { engine model notice }\n    limits { seconds windowMinutes transfers flowRows complexity depth bodyBytes documentsOnly }\n  }\n": types.SettingsDocument,
    "\n  query Stated {\n    statedEndpoints { id class name cidrs provider region zone network account team from to }\n    priceOverlays { name text from by at note }\n  }\n": types.StatedDocument,
    "\n  query Views { views { id name state shared owner mine savedAt } }\n": types.ViewsDocument,
    "\n  query FilterCompletions($text: String!, $cursor: Int!, $window: Window!) {\n    filterCompletions(text: $text, cursor: $cursor, window: $window, first: 12) {\n      canonical from to\n      problem { message hint }\n      completions { text kind doc }\n    }\n  }\n": types.FilterCompletionsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveEndpoint($endpoint: EndpointInput!, $note: String!) { saveEndpoint(endpoint: $endpoint, note: $note) { id } }\n"): typeof import('./graphql').SaveEndpointDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndEndpoint($id: ID!) { endEndpoint(id: $id) { id } }\n"): typeof import('./graphql').EndEndpointDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PutOverlay($text: String!, $from: DateTime!, $note: String!) { putPriceOverlay(text: $text, from: $from, note: $note) { name } }\n"): typeof import('./graphql').PutOverlayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WithdrawOverlay($name: ID!) { withdrawPriceOverlay(name: $name) }\n"): typeof import('./graphql').WithdrawOverlayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveView($name: String!, $state: String!, $shared: Boolean!) { saveView(name: $name, state: $state, shared: $shared) { id } }\n"): typeof import('./graphql').SaveViewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteView($id: ID!) { deleteView(id: $id) }\n"): typeof import('./graphql').DeleteViewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Acknowledge($id: ID!, $note: String!) { acknowledgeIncident(id: $id, note: $note) { id state } }\n"): typeof import('./graphql').AcknowledgeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Resolve($id: ID!, $note: String!) { resolveIncident(id: $id, note: $note) { id state } }\n"): typeof import('./graphql').ResolveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReopenIncident($id: ID!, $note: String!) { reopenIncident(id: $id, note: $note) { id state } }\n"): typeof import('./graphql').ReopenIncidentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Accept($id: ID!, $note: String!) { acceptRecommendation(id: $id, note: $note) { id state } }\n"): typeof import('./graphql').AcceptDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Dismiss($id: ID!, $reason: String!) { dismissRecommendation(id: $id, reason: $reason) { id state } }\n"): typeof import('./graphql').DismissDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReopenSaving($id: ID!, $note: String!) { reopenRecommendation(id: $id, note: $note) { id state } }\n"): typeof import('./graphql').ReopenSavingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Statement($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {\n    statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {\n      currency pricingModes\n      lines { group sum { amount { amount currency nano } shown standing { amount currency nano } standingShown billedBytes unpricedBytes } }\n      rest { lines amount { amount currency } shown standing { amount currency } standingShown billedBytes unpricedBytes }\n      total { amount { amount currency } shown standing { amount currency } standingShown billedBytes unpricedBytes }\n      own { amount { amount currency } }\n      standing { name code units unitName cost { amount currency nano } idle { amount currency nano } bytes priceRow assumed unpricedReason }\n    }\n  }\n"): typeof import('./graphql').StatementDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WaysOfMoney($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {\n    statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {\n      currency\n      lines { group sum { amount { amount currency } } }\n      rest { lines shown }\n      total { amount { amount } }\n    }\n  }\n"): typeof import('./graphql').WaysOfMoneyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Forecast($window: Window!) {\n    forecast(window: $window) {\n      from through to missingMinutes historyHours method unknown assumptions\n      toDate { amount currency } expected { amount currency } low { amount currency } high { amount currency }\n    }\n  }\n"): typeof import('./graphql').ForecastDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StatementLine($window: Window!, $where: [StatementFilter!]!, $groupBy: [StatementDimension!]!, $view: StatementView!) {\n    statement(window: $window, where: $where, groupBy: $groupBy, view: $view, first: 1) {\n      lines {\n        charges(first: 200) {\n          payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency nano }\n          priceRow priceSource pathAssumed unpricedReason\n        }\n        transfers(first: 200) { id sourceName destinationName path amount { amount currency nano } standing { amount currency nano } billedBytes }\n      }\n    }\n  }\n"): typeof import('./graphql').StatementLineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ToDo {\n    incidents(first: 50) { edges { node { id title since until state impactPerDay { amount currency nano } } } }\n    recommendations { id title state monthly { amount currency nano } }\n  }\n"): typeof import('./graphql').ToDoDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InsightsAbout {\n    incidents(first: 50) { edges { node { id title since until impactPerDay { amount currency } anomalies { source destination } findings { entity } } } }\n    recommendations { id title state entities monthly { amount currency } }\n  }\n"): typeof import('./graphql').InsightsAboutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Reconciliations {\n    reconciliations {\n      name problem month minutes foldedMinutes explainedBytes explainedCost\n      billed { ...SumOfBill } counted { ...SumOfBill } explained { ...SumOfBill }\n      codes {\n        account region code notBilledBytes\n        billed { ...SumOfBill } counted { ...SumOfBill } explained { ...SumOfBill } outOfSight { ...SumOfBill } unexplained { ...SumOfBill }\n      }\n      findings { kind name account region code days bytes percent cost { amount currency nano } }\n    }\n  }\n  fragment SumOfBill on ReconciledSum { bytes cost { amount currency nano } }\n"): typeof import('./graphql').ReconciliationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Head($asOf: AsOf) {\n    meta(asOf: $asOf) {\n      lagSeconds\n      lostBytes\n      lab\n      version { number kind from to digest bytes unknownBytes unpricedBytes committedAt cost { currency } }\n    }\n    transfers(window: { asOf: $asOf }, first: 1) { window { to } }\n  }\n"): typeof import('./graphql').HeadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Overview($window: Window!, $before: Window!) {\n    paths: statement(window: $window, groupBy: [PATH], first: 6) {\n      ...LinesOfStatement\n      standing { name code cost { amount currency } bytes unpricedReason }\n    }\n    causers: statement(window: $window, groupBy: [NAMESPACE], view: CAUSER, first: 6) { ...LinesOfStatement }\n    codes: statement(window: $window, groupBy: [CHARGE_CODE], first: 6) { ...LinesOfStatement }\n    diff(before: $before, after: $window, groupBy: PAIR, limit: 6) {\n      before { minutes foldedMinutes }\n      after { minutes foldedMinutes }\n      total { costChange { amount currency } before { cost { amount currency } } after { bytes cost { amount currency } } }\n      rows { change group bytesChange costChange { amount currency } }\n    }\n  }\n  fragment LinesOfStatement on Statement {\n    lines { group sum { ...SumOfStatement } }\n    rest { ...SumOfStatement }\n    total { ...SumOfStatement }\n  }\n  fragment SumOfStatement on StatementSum { lines shown amount { amount currency } billedBytes unpricedBytes }\n"): typeof import('./graphql').OverviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Incidents($first: Int!) {\n    incidents(first: $first) {\n      edges { node { id kind title since until conclusion state impact { amount currency nano } impactPerDay { amount currency nano } } }\n    }\n  }\n"): typeof import('./graphql').IncidentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Incident($id: ID!) {\n    incident(id: $id) {\n      id kind title since detected until conclusion version state\n      decisions { action by at note }\n      impact { amount currency }\n      impactPerDay { amount currency }\n      parts {\n        change { amount currency } volume { amount currency } path { amount currency }\n        price { amount currency } tier { amount currency } remainder { amount currency }\n      }\n      anomalies { scope kind basis since until cost { amount currency } expectedCost { amount currency } }\n      findings { kind subject at explains { amount currency } for against score confidence }\n      remedy { action command undo undoCommand }\n    }\n  }\n"): typeof import('./graphql').IncidentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Savings {\n    recommendations {\n      id kind title from to minutes bytes breakEvenBytes why assumptions warnings check entities state\n      decisions { action by at note until }\n      monthly { amount currency } low { amount currency } high { amount currency }\n      saving { amount currency } before { amount currency } after { amount currency }\n      apply { tool text } undo { tool text }\n    }\n    verdicts {\n      recommendation kind title applied evidence state summary reasons entities from to minutes\n      predicted { amount currency } realised { amount currency }\n    }\n  }\n"): typeof import('./graphql').SavingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Graph($window: Window!, $limit: Int!, $nodes: Int!) {\n    graph(window: $window, limit: $limit, nodes: $nodes) {\n      version { number }\n      window { from to }\n      nodes { id kind name namespace type cluster region zones x y bytesOut bytesIn cost { amount currency nano } }\n      transfers {\n        id source destination sourceName destinationName sourceRevision destinationRevision sourceZone destinationZone\n        serverPort protocol initiator path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      total { transfers bytes cost { amount currency } }\n      rest { transfers bytes cost { amount currency } }\n      restNodes\n    }\n  }\n"): typeof import('./graphql').GraphDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Diff($before: Window!, $after: Window!, $groupBy: Dimension!, $orderBy: TransferOrder!, $limit: Int!) {\n    diff(before: $before, after: $after, groupBy: $groupBy, orderBy: $orderBy, limit: $limit) {\n      before { window { from to } minutes foldedMinutes }\n      after { window { from to } minutes foldedMinutes }\n      total { ...SumOfDiff }\n      appeared { ...SumOfDiff }\n      disappeared { ...SumOfDiff }\n      changed { ...SumOfDiff }\n      unchanged { ...SumOfDiff }\n      rest { ...SumOfDiff }\n      rows {\n        change group bytesChange\n        before { bytes cost { amount currency } }\n        after { bytes cost { amount currency } }\n        costChange { amount currency nano }\n        transfer { id source destination sourceName destinationName serverPort protocol path via pathAssumed sourceZone destinationZone }\n      }\n    }\n  }\n  fragment SumOfDiff on DiffSum {\n    rows bytesChange\n    costChange { amount currency }\n    before { bytes cost { amount currency } }\n    after { bytes cost { amount currency } }\n  }\n"): typeof import('./graphql').DiffDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Totals($window: Window!) {\n    totals(window: $window) { minute bytes cost { amount currency nano } }\n  }\n"): typeof import('./graphql').TotalsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Entity($id: ID!, $window: Window!) {\n    entity(id: $id, window: $window) {\n      window { from to }\n      version { number }\n      entity { id kind name namespace type cluster region zones bytesOut bytesIn cost { amount currency } }\n      transfers(first: 100) {\n        id source destination sourceName destinationName serverPort protocol path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      deployments { id hash revision images rolledOutAt changedBy cause gitCommit }\n      series { minute bytes cost { amount currency nano } }\n    }\n  }\n"): typeof import('./graphql').EntityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Paths($from: ID!, $to: ID!, $window: Window!) {\n    paths(from: $from, to: $to, window: $window, maxHops: 4, limit: 20) {\n      whole\n      paths {\n        bytes zoneCrossings\n        cost { amount currency }\n        hops { bytes crossZoneBytes transfers from { id name } to { id name } cost { amount currency } transferIds(first: 1) }\n      }\n    }\n  }\n"): typeof import('./graphql').PathsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Teams($window: Window!) {\n    statement(window: $window, groupBy: [WORKLOAD, TEAM], first: 10000) { lines { group } }\n  }\n"): typeof import('./graphql').TeamsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dependents($id: ID!, $window: Window!) {\n    blastRadius(of: { node: $id }, hops: 3, limit: 50, window: $window) {\n      left\n      leftCost { amount currency }\n      nodes { hops bytes cost { amount currency } node { id name } through { id name } }\n    }\n  }\n"): typeof import('./graphql').DependentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Transfer($id: ID!, $window: Window!) {\n    transfer(id: $id, window: $window) {\n      window { from to }\n      version { number priceBook digest }\n      transfer {\n        id source destination sourceName destinationName sourceRevision destinationRevision serverPort protocol\n        initiator sourceZone destinationZone sourceRegion destinationRegion sourceAccount destinationAccount sourceNetwork destinationNetwork path via pathAssumed\n        bytes payloadBytes packets retransmittedPackets connections rttMicros checkBytes\n        cost { amount currency display }\n      }\n      series { minute bytes cost { amount currency nano } }\n      charges {\n        payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency }\n        priceRow priceSource pathAssumed unpricedReason\n      }\n      flows(first: 20) {\n        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress serverPort\n        protocol role sentBytes receivedBytes connections batch\n      }\n    }\n  }\n"): typeof import('./graphql').TransferDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Versions($first: Int!, $after: String) {\n    versions(first: $first, after: $after) {\n      edges {\n        node {\n          number kind from to digest previousDigest inputDigest factsDigest priceBook codeVersion\n          nodes transfers bytes unknownBytes unpricedBytes committedAt cost { amount currency }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): typeof import('./graphql').VersionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Explain($transfer: ID!, $window: Window!) {\n    explain(transfer: $transfer, window: $window) {\n      minutes {\n        minute version bytes\n        pairs {\n          source destination serverPort choiceText\n          reports {\n            taken bySender bytes pathText pathGap service\n            flow { agent batch windowStart }\n            source { ruleText }\n            destination { ruleText }\n          }\n        }\n        facts { kind key source from text recordedAt }\n      }\n    }\n  }\n"): typeof import('./graphql').ExplainDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Status {\n    meta { lagSeconds lostBytes lab version { number kind from to bytes unknownBytes unpricedBytes priceBook codeVersion digest committedAt } }\n    agents { cluster node mode coveredThrough lastBatchAt lostBytes }\n    coverage { cluster node minutes { full } }\n    watches { name server clockSkewSeconds resources { resource state gap message since heard objects lists neededFor } }\n  }\n"): typeof import('./graphql').StatusDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Investigator { investigator { engine model notice suggestions } }\n"): typeof import('./graphql').InvestigatorDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription VersionCommitted { versionCommitted { number to } }\n"): typeof import('./graphql').VersionCommittedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AskPreview($question: String!, $conversation: ID) { askPreview(question: $question, conversation: $conversation) }\n"): typeof import('./graphql').AskPreviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Ask($question: String!, $conversation: ID) {\n    ask(question: $question, conversation: $conversation) {\n      __typename\n      ... on ChatText { text }\n      ... on ChatFigure { text reference exact unit version window { from to } call path calculation by }\n      ... on ChatCause { text reference call }\n      ... on ChatUnproven { text why }\n      ... on ChatToolCall { id name input result error }\n      ... on ChatDone { conversation version unproven inputTokens outputTokens costUsd }\n      ... on ChatFailed { code message hint }\n    }\n  }\n"): typeof import('./graphql').AskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SavedCypher { savedCypher { name title statement parameters { name meaning default } } }\n"): typeof import('./graphql').SavedCypherDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Cypher($query: String!, $params: JSON, $window: Window, $limit: Int!) {\n    cypher(query: $query, params: $params, window: $window, limit: $limit) {\n      columns rows more estimatedRows\n      nodes { element labels properties }\n      relationships { element start end type properties }\n    }\n  }\n"): typeof import('./graphql').CypherDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Flows($id: ID!, $window: Window!, $first: Int!) {\n    transfer(id: $id, window: $window) {\n      window { from to }\n      transfer { sourceName destinationName bytes }\n      flows(first: $first) {\n        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress virtualPort serverPort protocol role\n        sentBytes receivedBytes sentPayloadBytes receivedPayloadBytes sentPackets receivedPackets connections batch\n      }\n    }\n  }\n"): typeof import('./graphql').FlowsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Settings {\n    meta { version { priceBook pricingMode } }\n    investigator { engine model notice }\n    limits { seconds windowMinutes transfers flowRows complexity depth bodyBytes documentsOnly }\n  }\n"): typeof import('./graphql').SettingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Stated {\n    statedEndpoints { id class name cidrs provider region zone network account team from to }\n    priceOverlays { name text from by at note }\n  }\n"): typeof import('./graphql').StatedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Views { views { id name state shared owner mine savedAt } }\n"): typeof import('./graphql').ViewsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FilterCompletions($text: String!, $cursor: Int!, $window: Window!) {\n    filterCompletions(text: $text, cursor: $cursor, window: $window, first: 12) {\n      canonical from to\n      problem { message hint }\n      completions { text kind doc }\n    }\n  }\n"): typeof import('./graphql').FilterCompletionsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
