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

export { badInput, unavailable } from './graph-error.ts'
