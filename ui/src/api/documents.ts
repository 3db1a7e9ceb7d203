import { graphql } from '../gql'

/** The stored operations of the UI: everything it asks, in one place; changes.ts has those that change something. */
export const HeadDocument = graphql(`
  query Head($asOf: AsOf) {
    meta(asOf: $asOf) {
      lagSeconds
      lostBytes
      lab
      version { number kind from to digest bytes unknownBytes unpricedBytes committedAt cost { currency } }
    }
    transfers(window: { asOf: $asOf }, first: 1) { window { to } }
  }
`)

export const OverviewDocument = graphql(`
  query Overview($window: Window!, $before: Window!) {
    paths: statement(window: $window, groupBy: [PATH], first: 6) {
      ...LinesOfStatement
      standing { name code cost { amount currency } bytes unpricedReason }
    }
    causers: statement(window: $window, groupBy: [NAMESPACE], view: CAUSER, first: 6) { ...LinesOfStatement }
    codes: statement(window: $window, groupBy: [CHARGE_CODE], first: 6) { ...LinesOfStatement }
    diff(before: $before, after: $window, groupBy: PAIR, limit: 6) {
      before { window { minutes foldedMinutes } }
      after { window { minutes foldedMinutes } }
      total { costChange { amount currency } before { cost { amount currency } } after { bytes cost { amount currency } } }
      rows { change group bytesChange costChange { amount currency } }
    }
  }
  fragment LinesOfStatement on Statement {
    lines { group sum { ...SumOfStatement } }
    rest { ...SumOfStatement }
    total { ...SumOfStatement }
  }
  fragment SumOfStatement on StatementSum { lines shown amount { amount currency } billedBytes unpricedBytes }
`)

export const IncidentsDocument = graphql(`
  query Incidents($first: Int!) {
    incidents(first: $first) {
      edges { node { id kind title since until conclusion state impact { amount currency nano } impactPerDay { amount currency nano } } }
    }
  }
`)

export const IncidentDocument = graphql(`
  query Incident($id: ID!) {
    incident(id: $id) {
      id kind title since detected until through conclusion version state
      decisions { action by at note }
      impact { amount currency }
      impactPerDay { amount currency }
      impactPerDayRange { low { amount currency } high { amount currency } percent }
      parts {
        through
        change { amount currency } volume { amount currency } path { amount currency }
        price { amount currency } tier { amount currency } remainder { amount currency }
      }
      anomalies { scope kind basis since until filter minutes cost { amount currency } expectedCost { amount currency } }
      findings { kind subject at explains { amount currency } for against score confidence }
      remedy { action command undo undoCommand }
      investigations { id occasion by engine state startedAt version answer failure steps unproven }
    }
  }
`)

export const SavingsDocument = graphql(`
  query Savings {
    recommendations {
      id kind title from to minutes bytes breakEvenBytes why assumptions warnings check entities state
      decisions { action by at note until }
      monthly { amount currency } low { amount currency } high { amount currency }
      saving { amount currency } before { amount currency } after { amount currency }
      apply { tool text } undo { tool text }
    }
    verdicts {
      recommendation kind title applied evidence state summary reasons entities from to minutes
      predicted { amount currency } realised { amount currency }
    }
  }
`)

export const GraphDocument = graphql(`
  query Graph($window: Window!, $limit: Int!, $nodes: Int!) {
    graph(window: $window, limit: $limit, nodes: $nodes) {
      version { number }
      window { from to }
      nodes { id kind name namespace type cluster regions zones x y bytesOut bytesIn cost { amount currency nano } }
      transfers {
        id source destination sourceName destinationName sourceRevision destinationRevision sourceZone destinationZone sourceRegion destinationRegion
        serverPort protocol initiator path via pathAssumed bytes
        cost { amount currency nano }
      }
      total { transfers bytes cost { amount currency } }
      rest { transfers bytes cost { amount currency } }
      restNodes
    }
  }
`)

export const DiffDocument = graphql(`
  query Diff($before: Window!, $after: Window!, $groupBy: Dimension!, $orderBy: TransferOrder!, $limit: Int!) {
    diff(before: $before, after: $after, groupBy: $groupBy, orderBy: $orderBy, limit: $limit) {
      before { window { from to minutes foldedMinutes } }
      after { window { from to minutes foldedMinutes } }
      total { ...SumOfDiff }
      appeared { ...SumOfDiff }
      disappeared { ...SumOfDiff }
      changed { ...SumOfDiff }
      unchanged { ...SumOfDiff }
      rest { ...SumOfDiff }
      rows {
        change group bytesChange
        before { bytes cost { amount currency } }
        after { bytes cost { amount currency } }
        costChange { amount currency nano }
        transfer { id source destination sourceName destinationName serverPort protocol path via pathAssumed sourceZone destinationZone }
      }
    }
  }
  fragment SumOfDiff on DiffSum {
    rows bytesChange
    costChange { amount currency }
    before { bytes cost { amount currency } }
    after { bytes cost { amount currency } }
  }
`)

export const TotalsDocument = graphql(`
  query Totals($window: Window!) {
    totals(window: $window) { minute bytes cost { amount currency nano } }
  }
`)

export const KnownDocument = graphql(`
  query Known($window: Window!) {
    graph(window: $window, limit: 1) { window { minutes foldedMinutes } }
  }
`)

export const EntityDocument = graphql(`
  query Entity($id: ID!, $window: Window!) {
    entity(id: $id, window: $window) {
      window { from to }
      version { number }
      entity { id kind name namespace type cluster regions zones bytesOut bytesIn cost { amount currency } }
      transfers(first: 100) {
        id source destination sourceName destinationName serverPort protocol path via pathAssumed bytes
        cost { amount currency nano }
      }
      deployments { id hash revision images rolledOutAt changedBy cause gitCommit }
      series { minute bytes cost { amount currency nano } }
    }
  }
`)

export const PathsDocument = graphql(`
  query Paths($from: ID!, $to: ID!, $window: Window!) {
    paths(from: $from, to: $to, window: $window, maxHops: 4, limit: 20) {
      whole
      paths {
        bytes zoneCrossings
        cost { amount currency }
        hops { bytes crossZoneBytes transfers from { id name } to { id name } cost { amount currency } transferIds(first: 1) }
      }
    }
  }
`)

export const TeamsDocument = graphql(`
  query Teams($window: Window!) {
    statement(window: $window, groupBy: [WORKLOAD, TEAM], first: 10000) { lines { group } }
  }
`)

export const DependentsDocument = graphql(`
  query Dependents($id: ID!, $window: Window!) {
    blastRadius(of: { node: $id }, hops: 3, limit: 50, window: $window) {
      left
      leftCost { amount currency }
      nodes { hops dependence bytes cost { amount currency } node { id name } through { id name } }
    }
  }
`)

export const TransferDocument = graphql(`
  query Transfer($id: ID!, $window: Window!) {
    transfer(id: $id, window: $window) {
      window { from to }
      version { number priceBook digest }
      transfer {
        id source destination sourceName destinationName sourceRevision destinationRevision serverPort protocol
        initiator sourceZone destinationZone sourceRegion destinationRegion sourceAccount destinationAccount sourceNetwork destinationNetwork path via pathAssumed
        bytes payloadBytes packets retransmittedPackets connections rttMicros checkBytes
        cost { amount currency display }
      }
      series { minute bytes cost { amount currency nano } }
      charges {
        payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency }
        priceRow priceSource pathAssumed unpricedReason
      }
      flows(first: 20) {
        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress serverPort
        protocol role sentBytes receivedBytes connections batch
      }
    }
  }
`)

export const VersionsDocument = graphql(`
  query Versions($first: Int!, $after: String) {
    versions(first: $first, after: $after) {
      edges {
        node {
          number kind from to digest previousDigest inputDigest factsDigest priceBook codeVersion
          nodes transfers bytes unknownBytes unpricedBytes committedAt cost { amount currency }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const ExplainDocument = graphql(`
  query Explain($transfer: ID!, $window: Window!) {
    explain(transfer: $transfer, window: $window) {
      minutes {
        minute version bytes
        pairs {
          source destination serverPort choiceText
          reports {
            taken bySender bytes pathText pathGap service
            flow { agent batch windowStart }
            source { ruleText }
            destination { ruleText }
          }
        }
        facts { kind key source from text recordedAt }
      }
    }
  }
`)

export const StatusDocument = graphql(`
  query Status {
    meta { lagSeconds lostBytes lab version { number kind from to bytes unknownBytes unpricedBytes priceBook codeVersion digest committedAt } }
    serviceVersion
    agents { cluster node mode version build coveredThrough lastBatchAt lostBytes }
    coverage { cluster node minutes { full } }
    watches { name server clockSkewSeconds resources { resource state gap message since heard objects lists neededFor } }
  }
`)

export const InvestigatorDocument = graphql(`
  query Investigator { investigator { engine model notice suggestions } }
`)

export const VersionCommittedDocument = graphql(`
  subscription VersionCommitted { versionCommitted { number to } }
`)

export const AskPreviewDocument = graphql(`
  query AskPreview($question: String!, $conversation: ID) { askPreview(question: $question, conversation: $conversation) }
`)

export const AskDocument = graphql(`
  subscription Ask($question: String!, $conversation: ID) {
    ask(question: $question, conversation: $conversation) {
      __typename
      ... on ChatText { text }
      ... on ChatFigure { text reference exact unit version window { from to } call path calculation by }
      ... on ChatCause { text reference call }
      ... on ChatUnproven { text why }
      ... on ChatToolCall { id name input result error }
      ... on ChatDone { conversation version unproven inputTokens outputTokens costUsd }
      ... on ChatFailed { code message hint }
    }
  }
`)

export const SavedCypherDocument = graphql(`
  query SavedCypher { savedCypher { name title statement parameters { name meaning default } } }
`)

export const CypherDocument = graphql(`
  query Cypher($query: String!, $params: JSON, $window: Window, $limit: Int!) {
    cypher(query: $query, params: $params, window: $window, limit: $limit) {
      columns rows more estimatedRows
      nodes { element labels properties }
      relationships { element start end type properties }
    }
  }
`)

export const FlowsDocument = graphql(`
  query Flows($id: ID!, $window: Window!, $first: Int!) {
    transfer(id: $id, window: $window) {
      window { from to }
      transfer { sourceName destinationName bytes }
      flows(first: $first) {
        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress virtualPort serverPort protocol role
        sentBytes receivedBytes sentPayloadBytes receivedPayloadBytes sentPackets receivedPackets connections batch
      }
    }
  }
`)

export const SettingsDocument = graphql(`
  query Settings {
    meta { version { priceBook pricingMode } }
    investigator { engine model notice }
    limits { seconds windowMinutes transfers flowRows complexity depth bodyBytes documentsOnly }
  }
`)

export const StatedDocument = graphql(`
  query Stated {
    statedEndpoints { id class name cidrs hosts provider region zone network account team from to by at note endedBy endedAt }
    priceOverlays { name text from by at note }
  }
`)

export const ViewsDocument = graphql(`
  query Views { views { id name state shared owner mine savedAt } }
`)

export const FilterCompletionsDocument = graphql(`
  query FilterCompletions($text: String!, $cursor: Int!, $window: Window!) {
    filterCompletions(text: $text, cursor: $cursor, window: $window, first: 12) {
      canonical from to
      problem { message hint }
      completions { text kind doc }
    }
  }
`)
