import { GraphQLError } from 'graphql'
import { Field, InterfaceType } from 'type-graphql'
import { Auth, everyone } from './auth.ts'

/** An outcome that is not what was hoped for, written for the person who reads it, with the way on. Returned, never thrown. */
@InterfaceType({
  description: 'An outcome that is not what was hoped for, in words for the person who reads it, with the way on.',
  autoRegisterImplementations: false,
})
export abstract class Problem {
  @Auth(everyone)
  @Field(() => String, { description: 'What happened and what to do now, in plain English, ready to be shown.' })
  message!: string
}

/** For callers who sent what no page would send: a wrong type of key, a page of 1,000. */
export const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })

/** For what may work in a moment: the database is busy or away. */
export const unavailable = (message: string) => new GraphQLError(message, { extensions: { code: 'UNAVAILABLE' } })
