import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { ApolloServerPlugin } from '@apollo/server'
import type { GraphQLSchema } from 'graphql'
import { answerStatus } from './answer-status.ts'
import type { Federation } from './federation.ts'
import type { FieldRules } from './field-rules.ts'
import type { Inquiry } from './inquiry.ts'
import type { Log } from './log.ts'
import { MOST_TOKENS, operationLimits } from './operation-limits.ts'
import { permission } from './permission-check.ts'
import { fromServer } from './public-error.ts'

const VALIDATION_ERRORS_SHOWN = 5

/** Nothing of Apollo's that reports, traces, caches or shows a page of its own. */
const nothingOfItsOwn = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
]

/** The operation's hash and name, for the access log. What a partner calls its own could name somebody. */
const recording: ApolloServerPlugin<Inquiry> = {
  requestDidStart: async () => ({
    didResolveSource: async ({ contextValue: { record }, queryHash }) => {
      record.hash = queryHash
    },
    didResolveOperation: async ({ contextValue: { record, viewer }, operationName }) => {
      if (operationName && viewer.role !== 'PARTNER') record.operation = operationName
    },
  }),
}

/** The graph as it is asked: parse, limits, roles, plan, execute. With the schema its clients see. */
export async function startGraph(
  federation: Federation,
  rules: FieldRules,
  production: boolean,
  log: Log,
): Promise<{ graph: ApolloServer<Inquiry>; schema: GraphQLSchema }> {
  let schema: GraphQLSchema | undefined
  const stopListening = federation.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema))
  const graph = new ApolloServer<Inquiry>({
    gateway: federation,
    nodeEnv: 'production',
    // Who may introspect depends on the role: `permission` decides.
    introspection: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    validationRules: operationLimits,
    validationOptions: { maxErrors: VALIDATION_ERRORS_SHOWN },
    formatError: (formatted, error) => fromServer(formatted, error, log),
    logger: {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: () => log.error({}, 'the graph server met an error'),
    },
    plugins: [...nothingOfItsOwn, recording, permission(rules, production), answerStatus],
  })
  await graph.start()
  stopListening()
  if (!schema) throw new Error('The supergraph was not loaded')
  return { graph, schema }
}
