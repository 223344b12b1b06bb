import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { Kind, parse } from 'graphql'
import type { Inquiry } from './inquiry.ts'
import type { Log } from './log.ts'
import { faultOf } from './log.ts'
import { unavailable } from './problem.ts'
import type { Subgraph } from './subgraph.ts'
import { withinTime } from './time-limit.ts'

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>
type Request = GraphQLDataSourceProcessOptions<Inquiry>['request']

/** How `@apollo/gateway` asks one subgraph: the viewer travels as a value, the answer comes back in time or not at all. */
export class SubgraphSource implements GraphQLDataSource<Inquiry> {
  readonly #subgraph: Subgraph
  readonly #timeLimitMs: number
  readonly #log: Log

  constructor(subgraph: Subgraph, timeLimitMs: number, log: Log) {
    this.#subgraph = subgraph
    this.#timeLimitMs = timeLimitMs
    this.#log = log
  }

  async process({ request, context }: GraphQLDataSourceProcessOptions<Inquiry>): Promise<Answer> {
    const { viewer, requestId, signal, rehearsal } = context as Inquiry
    if (rehearsal) return { data: {} }
    const { query = '', variables, operationName } = request
    const asked = { query, viewer, requestId, ...(variables && { variables }), ...(operationName && { operationName }) }
    const ask = (ending: AbortSignal) => this.#subgraph.ask({ ...asked, signal: ending })
    try {
      return (await withinTime(this.#timeLimitMs, ask, signal)) as Answer
    } catch (error) {
      this.#log.warn({ requestId, subgraph: this.#subgraph.name, ...faultOf(error) }, 'a subgraph did not answer')
      return { errors: missingParts(request).map((path) => unavailable(path).toJSON()) }
    }
  }
}

/** Where the answer now has a gap: each root field asked for, or the first entity whose fields are missing. */
function missingParts({ query = '', variables }: Request): (string | number)[][] {
  if (variables && 'representations' in variables) return [['_entities', 0]]
  const operation = parse(query, { noLocation: true }).definitions.find((it) => it.kind === Kind.OPERATION_DEFINITION)
  const fields = operation?.selectionSet.selections.filter((it) => it.kind === Kind.FIELD) ?? []
  return fields.map((field) => [field.alias?.value ?? field.name.value])
}
