import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql'
import { Acknowledgement } from '../runtime/acknowledgement.ts'
import { Auth } from '../runtime/auth.ts'
import { batched } from '../runtime/batch.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import type { MessagesContext } from './context.ts'
import { HospitalMessage } from './hospital-message.entity.ts'

export const systems = { roles: [Role.SYSTEM] }
/** Staff see that a message was refused and why, and never what it says. */
export const systemsAndStaff = { roles: [Role.SYSTEM, Role.STAFF] }

@Directive('@key(fields: "id")')
@ObjectType('HospitalMessage', {
  description: "A message of the hospital's systems: that it came, and how it was answered.",
})
export class HospitalMessageType {
  @Auth(systemsAndStaff)
  @Field(() => ID, { description: 'Our own id of the message.' })
  id!: string

  @Auth(systemsAndStaff)
  @Field(() => String, { description: 'The sending application and facility (MSH-3 and MSH-4).' })
  sender!: string

  @Auth(systemsAndStaff)
  @Field(() => String, { description: "The sender's number for the message (MSH-10)." })
  controlId!: string

  @Auth(systemsAndStaff)
  @Field(() => String, { description: 'What kind of message it is (MSH-9), such as "SIU^S12".' })
  type!: string

  @Auth(systemsAndStaff)
  @Field(() => DateTime, { description: 'When it first came.' })
  receivedAt!: Date

  @Auth(systemsAndStaff)
  @Field(() => Acknowledgement, {
    nullable: true,
    description: 'How it was answered. Null while it is worked on, and after a crash in the middle.',
  })
  acknowledgement?: Acknowledgement | null

  @Auth(systemsAndStaff)
  @Field(() => String, { nullable: true, description: 'Why it was refused. Null when it was not.' })
  reason?: string | null

  @Auth(systemsAndStaff)
  @Field(() => DateTime, { nullable: true, description: 'When it was accepted at last, after it had been refused.' })
  replayedAt?: Date | null

  @Auth(systemsAndStaff)
  @Field(() => DateTime, {
    nullable: true,
    description: 'When staff asked for it to be taken again; null once it was, whatever came of it.',
  })
  replayRequestedAt?: Date | null
}

@Resolver(() => HospitalMessageType)
export class HospitalMessageFields {
  @Auth(systems)
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The whole message, so that it can be replayed. Only of one that is refused.',
  })
  text(@Root() { id, sealedText }: HospitalMessage, @Ctx() { texts }: MessagesContext): string | null {
    return sealedText ? texts.open(sealedText, id) : null
  }
}

/** Hospital messages by their ids, in one query for a request. */
export const hospitalMessageById = batched(async ({ em }, ids) => {
  const found = await em.find(HospitalMessage, { id: { $in: [...ids] } })
  return new Map(found.map((it) => [it.id, it]))
})
