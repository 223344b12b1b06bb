/** What the hospital's own systems ask the graph, the feeds among them, and a small way to send it. Partners: `partner.ts`. */
export * from './src/graph/index.ts'
export * from './src/graph-error.ts'
export type { Bearer, RenewableBearer } from './src/bearer.ts'
export { createGraphClient, type Call, type GraphClient, type GraphClientSettings } from './src/graph-client.ts'
export type { Operation } from './src/operation.ts'
export { match, UnknownOutcome, type Cases } from './src/outcome.ts'
export { defaultRetryRules, type RetryRules } from './src/retry.ts'
