/** The typed client of the graph that the feeds use: its operations, and a small way to send them. */
export * from './src/graph/index.ts'
export * from './src/graph-error.ts'
export { createGraphClient, type GraphClient, type GraphClientSettings } from './src/graph-client.ts'
export { defaultRetryRules, type RetryRules } from './src/retry.ts'
