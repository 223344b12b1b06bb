import { ApolloGateway } from '@apollo/gateway'
import type { ApolloServerOptionsWithGateway } from '@apollo/server'
import type { GraphQLError } from 'graphql'
import { hardenApollo } from './environment.ts'
import type { Inquiry } from './inquiry.ts'
import type { Log } from './log.ts'
import { fromExecution } from './public-error.ts'
import { SubgraphSource } from './subgraph-source.ts'
import type { Subgraph } from './subgraph.ts'

export type Federation = ApolloServerOptionsWithGateway<Inquiry>['gateway']
type Executor = NonNullable<Awaited<ReturnType<Federation['load']>>['executor']>

/** The planner and executor over all subgraphs, with every error made safe before it goes any further. */
export function federate(
  supergraph: string,
  subgraphs: ReadonlyMap<string, Subgraph>,
  timeLimitMs: number,
  log: Log,
): Federation {
  hardenApollo()
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name }) => {
      const subgraph = subgraphs.get(name)
      if (!subgraph) throw new Error(`The supergraph has a subgraph "${name}", and the settings say no way to it`)
      return new SubgraphSource(subgraph, timeLimitMs, log)
    },
    serviceHealthCheck: false,
    __exposeQueryPlanExperimental: false,
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => log.error({}, 'the planner met an error') },
  })
  return {
    load: async (options) => {
      const { executor } = await gateway.load(options)
      return { executor: executor && safely(executor, log) }
    },
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
  }
}

/** Runs a plan. What it throws, and what it only whispers, become errors a client may read. */
function safely(executor: Executor, log: Log): Executor {
  return async (request) => {
    const { requestId, rehearsal } = request.context as Inquiry
    try {
      const { data, errors = [], extensions } = await executor(request)
      if (rehearsal) return { data: null }
      // A null where the contract promises a value: the executor says so where no client looks.
      const broken: readonly GraphQLError[] = extensions?.['valueCompletion'] ?? []
      const problems = [...errors, ...broken].map((error) => fromExecution(error, log, requestId))
      return { ...(data === undefined ? {} : { data }), ...(problems.length > 0 ? { errors: problems } : {}) }
    } catch (error) {
      return { errors: [fromExecution(error, log, requestId)] }
    }
  }
}
