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
    "\n  query Head($asOf: AsOf) {\n    meta(asOf: $asOf) {\n      lagSeconds\n      lostBytes\n      lab\n      version { number kind from to digest bytes unknownBytes unpricedBytes committedAt }\n    }\n    transfers(window: { asOf: $asOf }, first: 1) { window { to } }\n  }\n": typeof types.HeadDocument,
    "\n  query Graph($window: Window!, $limit: Int!) {\n    graph(window: $window, limit: $limit) {\n      version { number }\n      window { from to }\n      nodes { id kind name namespace type cluster region zones x y bytesOut bytesIn cost { amount currency nano } }\n      transfers {\n        id source destination sourceName destinationName sourceRevision destinationRevision sourceZone destinationZone\n        serverPort protocol initiator path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      total { transfers bytes cost { amount currency } }\n      rest { transfers bytes cost { amount currency } }\n    }\n  }\n": typeof types.GraphDocument,
    "\n  query Totals($window: Window!) {\n    totals(window: $window) { minute bytes cost { amount currency nano } }\n  }\n": typeof types.TotalsDocument,
    "\n  query Entity($id: ID!, $window: Window!) {\n    entity(id: $id, window: $window) {\n      window { from to }\n      version { number }\n      entity { id kind name namespace type cluster region zones bytesOut bytesIn cost { amount currency } }\n      transfers(first: 100) {\n        id source destination sourceName destinationName serverPort protocol path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      deployments { id hash revision images rolledOutAt changedBy cause gitCommit }\n      series { minute bytes cost { amount currency nano } }\n    }\n  }\n": typeof types.EntityDocument,
    "\n  query Transfer($id: ID!, $window: Window!) {\n    transfer(id: $id, window: $window) {\n      window { from to }\n      version { number priceBook digest }\n      transfer {\n        id source destination sourceName destinationName sourceRevision destinationRevision serverPort protocol\n        initiator sourceZone destinationZone sourceRegion destinationRegion sourceAccount destinationAccount sourceNetwork destinationNetwork path via pathAssumed\n        bytes payloadBytes packets retransmittedPackets connections rttMicros checkBytes\n        cost { amount currency display }\n      }\n      series { minute bytes cost { amount currency nano } }\n      charges {\n        payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency }\n        priceRow priceSource pathAssumed unpricedReason\n      }\n      flows(first: 20) {\n        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress serverPort\n        protocol role sentBytes receivedBytes connections batch\n      }\n    }\n  }\n": typeof types.TransferDocument,
    "\n  query Versions($first: Int!, $after: String) {\n    versions(first: $first, after: $after) {\n      edges {\n        node {\n          number kind from to digest previousDigest inputDigest factsDigest priceBook codeVersion\n          nodes transfers bytes unknownBytes unpricedBytes committedAt cost { amount currency }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.VersionsDocument,
    "\n  query Status {\n    meta { lagSeconds lostBytes lab version { number kind from to bytes unknownBytes unpricedBytes priceBook codeVersion digest committedAt } }\n    agents { cluster node mode coveredThrough lastBatchAt lostBytes }\n  }\n": typeof types.StatusDocument,
    "\n  query Investigator { investigator { engine model notice suggestions } }\n": typeof types.InvestigatorDocument,
    "\n  subscription VersionCommitted { versionCommitted { number to } }\n": typeof types.VersionCommittedDocument,
    "\n  subscription Ask($question: String!, $conversation: ID) {\n    ask(question: $question, conversation: $conversation) {\n      __typename\n      ... on ChatText { text }\n      ... on ChatToolCall { id name input result error }\n      ... on ChatDone { conversation version unproven inputTokens outputTokens }\n      ... on ChatFailed { code message hint }\n    }\n  }\n": typeof types.AskDocument,
};
const documents: Documents = {
    "\n  query Head($asOf: AsOf) {\n    meta(asOf: $asOf) {\n      lagSeconds\n      lostBytes\n      lab\n      version { number kind from to digest bytes unknownBytes unpricedBytes committedAt }\n    }\n    transfers(window: { asOf: $asOf }, first: 1) { window { to } }\n  }\n": types.HeadDocument,
    "\n  query Graph($window: Window!, $limit: Int!) {\n    graph(window: $window, limit: $limit) {\n      version { number }\n      window { from to }\n      nodes { id kind name namespace type cluster region zones x y bytesOut bytesIn cost { amount currency nano } }\n      transfers {\n        id source destination sourceName destinationName sourceRevision destinationRevision sourceZone destinationZone\n        serverPort protocol initiator path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      total { transfers bytes cost { amount currency } }\n      rest { transfers bytes cost { amount currency } }\n    }\n  }\n": types.GraphDocument,
    "\n  query Totals($window: Window!) {\n    totals(window: $window) { minute bytes cost { amount currency nano } }\n  }\n": types.TotalsDocument,
    "\n  query Entity($id: ID!, $window: Window!) {\n    entity(id: $id, window: $window) {\n      window { from to }\n      version { number }\n      entity { id kind name namespace type cluster region zones bytesOut bytesIn cost { amount currency } }\n      transfers(first: 100) {\n        id source destination sourceName destinationName serverPort protocol path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      deployments { id hash revision images rolledOutAt changedBy cause gitCommit }\n      series { minute bytes cost { amount currency nano } }\n    }\n  }\n": types.EntityDocument,
    "\n  query Transfer($id: ID!, $window: Window!) {\n    transfer(id: $id, window: $window) {\n      window { from to }\n      version { number priceBook digest }\n      transfer {\n        id source destination sourceName destinationName sourceRevision destinationRevision serverPort protocol\n        initiator sourceZone destinationZone sourceRegion destinationRegion sourceAccount destinationAccount sourceNetwork destinationNetwork path via pathAssumed\n        bytes payloadBytes packets retransmittedPackets connections rttMicros checkBytes\n        cost { amount currency display }\n      }\n      series { minute bytes cost { amount currency nano } }\n      charges {\n        payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency }\n        priceRow priceSource pathAssumed unpricedReason\n      }\n      flows(first: 20) {\n        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress serverPort\n        protocol role sentBytes receivedBytes connections batch\n      }\n    }\n  }\n": types.TransferDocument,
    "\n  query Versions($first: Int!, $after: String) {\n    versions(first: $first, after: $after) {\n      edges {\n        node {\n          number kind from to digest previousDigest inputDigest factsDigest priceBook codeVersion\n          nodes transfers bytes unknownBytes unpricedBytes committedAt cost { amount currency }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.VersionsDocument,
    "\n  query Status {\n    meta { lagSeconds lostBytes lab version { number kind from to bytes unknownBytes unpricedBytes priceBook codeVersion digest committedAt } }\n    agents { cluster node mode coveredThrough lastBatchAt lostBytes }\n  }\n": types.StatusDocument,
    "\n  query Investigator { investigator { engine model notice suggestions } }\n": types.InvestigatorDocument,
    "\n  subscription VersionCommitted { versionCommitted { number to } }\n": types.VersionCommittedDocument,
    "\n  subscription Ask($question: String!, $conversation: ID) {\n    ask(question: $question, conversation: $conversation) {\n      __typename\n      ... on ChatText { text }\n      ... on ChatToolCall { id name input result error }\n      ... on ChatDone { conversation version unproven inputTokens outputTokens }\n      ... on ChatFailed { code message hint }\n    }\n  }\n": types.AskDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Head($asOf: AsOf) {\n    meta(asOf: $asOf) {\n      lagSeconds\n      lostBytes\n      lab\n      version { number kind from to digest bytes unknownBytes unpricedBytes committedAt }\n    }\n    transfers(window: { asOf: $asOf }, first: 1) { window { to } }\n  }\n"): typeof import('./graphql').HeadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Graph($window: Window!, $limit: Int!) {\n    graph(window: $window, limit: $limit) {\n      version { number }\n      window { from to }\n      nodes { id kind name namespace type cluster region zones x y bytesOut bytesIn cost { amount currency nano } }\n      transfers {\n        id source destination sourceName destinationName sourceRevision destinationRevision sourceZone destinationZone\n        serverPort protocol initiator path via pathAssumed bytes\n        cost { amount currency nano }\n      }\n      total { transfers bytes cost { amount currency } }\n      rest { transfers bytes cost { amount currency } }\n    }\n  }\n"): typeof import('./graphql').GraphDocument;
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
export function graphql(source: "\n  query Transfer($id: ID!, $window: Window!) {\n    transfer(id: $id, window: $window) {\n      window { from to }\n      version { number priceBook digest }\n      transfer {\n        id source destination sourceName destinationName sourceRevision destinationRevision serverPort protocol\n        initiator sourceZone destinationZone sourceRegion destinationRegion sourceAccount destinationAccount sourceNetwork destinationNetwork path via pathAssumed\n        bytes payloadBytes packets retransmittedPackets connections rttMicros checkBytes\n        cost { amount currency display }\n      }\n      series { minute bytes cost { amount currency nano } }\n      charges {\n        payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency }\n        priceRow priceSource pathAssumed unpricedReason\n      }\n      flows(first: 20) {\n        windowStart windowSeconds agent localKind localId localAddress remoteAddress virtualAddress serverPort\n        protocol role sentBytes receivedBytes connections batch\n      }\n    }\n  }\n"): typeof import('./graphql').TransferDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Versions($first: Int!, $after: String) {\n    versions(first: $first, after: $after) {\n      edges {\n        node {\n          number kind from to digest previousDigest inputDigest factsDigest priceBook codeVersion\n          nodes transfers bytes unknownBytes unpricedBytes committedAt cost { amount currency }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): typeof import('./graphql').VersionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Status {\n    meta { lagSeconds lostBytes lab version { number kind from to bytes unknownBytes unpricedBytes priceBook codeVersion digest committedAt } }\n    agents { cluster node mode coveredThrough lastBatchAt lostBytes }\n  }\n"): typeof import('./graphql').StatusDocument;
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
export function graphql(source: "\n  subscription Ask($question: String!, $conversation: ID) {\n    ask(question: $question, conversation: $conversation) {\n      __typename\n      ... on ChatText { text }\n      ... on ChatToolCall { id name input result error }\n      ... on ChatDone { conversation version unproven inputTokens outputTokens }\n      ... on ChatFailed { code message hint }\n    }\n  }\n"): typeof import('./graphql').AskDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
