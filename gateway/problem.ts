import { GraphQLError } from 'graphql'
import type { GraphQLErrorExtensions } from 'graphql'

/** Every error code a client can meet, with the status of an answer that is nothing but this. */
export const statusOf = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
} as const

export type Code = keyof typeof statusOf

export const isCode = (code: unknown): code is Code => typeof code === 'string' && Object.hasOwn(statusOf, code)

interface ProblemOptions {
  path?: GraphQLError['path']
  extensions?: GraphQLErrorExtensions
  status?: number
  challenge?: string
}

/** An error a client may read, with one of our few codes. */
export class Problem extends GraphQLError {
  readonly code: Code
  readonly status: number
  /** Of 401: what stands in www-authenticate (RFC 6750). */
  readonly challenge: string

  constructor(code: Code, message: string, { path, extensions, status, challenge }: ProblemOptions = {}) {
    super(message, { ...(path ? { path } : {}), extensions: { ...extensions, code } })
    this.code = code
    this.status = status ?? statusOf[code]
    this.challenge = challenge ?? 'Bearer'
  }
}

export const badInput = (message: string, status?: number) =>
  new Problem('BAD_USER_INPUT', message, status === undefined ? {} : { status })

/** One wording for every cause: none, ended, unknown, forged and malformed look the same, a person's and a partner's. */
const nobody = 'You are not logged in, or your session or token has ended. Log in, or get a new token, and try again.'

/** Nobody said who they are, where somebody must. */
export const notLoggedIn = () => new Problem('UNAUTHENTICATED', nobody)

/** Somebody sent a token that is good for nothing; clients look for this word to get another (RFC 6750, 3.1). */
export const tokenRefused = () => new Problem('UNAUTHENTICATED', nobody, { challenge: 'Bearer error="invalid_token"' })

export const tooMany = (retryAfterSeconds: number) =>
  new Problem('RATE_LIMITED', 'There are too many requests just now. Wait a moment and try again.', {
    extensions: { retryAfterSeconds },
  })

export const unavailable = (path?: GraphQLError['path']) =>
  new Problem('UNAVAILABLE', 'Part of the service cannot be reached just now. Try again in a moment.', { path })

export const tookTooLong = () =>
  new Problem('UNAVAILABLE', 'The answer took too long. Try again, or ask for less at once.', { status: 504 })

export const stopping = () => new Problem('UNAVAILABLE', 'The service is restarting. Try again in a moment.')

export const internal = (errorId: string, path?: GraphQLError['path']) =>
  new Problem('INTERNAL', 'Something went wrong. Try again. If it happens again, report it with its error id.', {
    path,
    extensions: { errorId },
  })
