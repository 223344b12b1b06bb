import { randomUUID } from 'node:crypto'
import { LockWaitTimeoutException } from '@mikro-orm/core'
import { type ExecutionResult, GraphQLError } from 'graphql'
import { badInput } from './graph-error.ts'
import { kindOf, type Log } from './log.ts'

/** The codes a client may meet. Anything else becomes INTERNAL with an id, and its words stay here. */
const codes = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'GRAPHQL_VALIDATION_FAILED',
])

/** Errors as they may leave the subgraph: ours as they are, everything else without its words. */
export function maskErrors(result: ExecutionResult, log: Log, requestId: string): ExecutionResult {
  if (!result.errors?.length) return result
  return { ...result, errors: result.errors.map((error) => mask(error, log, requestId)) }
}

/** The gateway has checked an operation but for our own scalars. Their words quote the value, which can be a date of birth. */
export const callersMistake = ({ message }: GraphQLError): GraphQLError =>
  badInput(isAboutTime(message) ? unreadableTime : message)

const isAboutTime = (message: string) => /LocalDate|DateTime|local dates/.test(message)
const unreadableTime =
  'A date or time is missing or cannot be read. Write a date as 2026-11-23, and a time as 2026-11-23T10:00:00Z.'

function mask(error: GraphQLError, log: Log, requestId: string): GraphQLError {
  const cause = error.originalError ?? error
  const options = { ...(error.path && { path: error.path }), ...(error.nodes && { nodes: error.nodes }) }
  if (error instanceof GraphQLError && codes.has(String(error.extensions.code))) return error
  // graphql-js itself found a variable of the wrong type: its words quote the value, ours do not.
  if (error instanceof GraphQLError && !error.path)
    return badInput(isAboutTime(error.message) ? unreadableTime : 'A variable is missing or has the wrong type.')
  if (isBusy(cause)) {
    log.warn({ ...kindOf(cause), requestId }, 'the database was busy or away')
    return new GraphQLError('We are busy just now. Try again in a moment.', {
      ...options,
      extensions: { code: 'UNAVAILABLE' },
    })
  }
  const errorId = randomUUID()
  log.error({ ...kindOf(cause), errorId, requestId, path: error.path }, 'unexpected error')
  return new GraphQLError('Something went wrong.', { ...options, extensions: { code: 'INTERNAL', errorId } })
}

const busyCodes = [
  'SQLITE_BUSY',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P03',
  '57014',
  '55P03',
  '40001',
  '40P01',
  '53100',
  '53300',
]

function isBusy(error: unknown): boolean {
  if (error instanceof LockWaitTimeoutException) return true
  return busyCodes.some((it) => codeOf(error).startsWith(it))
}

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
