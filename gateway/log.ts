import { GraphQLError } from 'graphql'
import { pino } from 'pino'

/** Lines with ids, codes and times. Never a name, a value or a message that could hold one. */
export interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export const createLog = (level: string): Log =>
  pino({ level, base: { part: 'gateway' }, timestamp: pino.stdTimeFunctions.isoTime })

/** What may be kept of an error: its class, its code and where it was thrown. Messages can quote the record. */
export function faultOf(thrown: unknown): { class: string; code?: string; at?: string[] } {
  const error = causeOf(thrown)
  if (!(error instanceof Error)) return { class: typeof error }
  const at = (error.stack ?? '').split('\n').filter((line) => /^ {4}at [^'"`]+$/.test(line))
  const code = 'code' in error && /^\w{1,60}$/.test(String(error.code)) ? { code: String(error.code) } : {}
  return { class: error.constructor.name, ...code, at: at.slice(0, 8).map((line) => line.trim()) }
}

/** GraphQL wraps what a resolver throws, once in the subgraph and once more here. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error
}
