import { GraphQLError } from 'graphql'

/** For callers who sent what no page would send: a wrong type of key, a page of 1,000. */
export const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })

/** For what may work in a moment: the database is busy or away. */
export const unavailable = (message: string) => new GraphQLError(message, { extensions: { code: 'UNAVAILABLE' } })

/** For what this viewer's role can never see or do. What is merely not theirs looks like not there. */
export const forbidden = (message: string) => new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } })
