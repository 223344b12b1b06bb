import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, registerEnumType, Resolver, Root } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { batched } from '../runtime/batch.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import type { MessagesContext } from './context.ts'
import { Acknowledgement, HospitalMessage } from './hospital-message.entity.ts'

registerEnumType(Acknowledgement, {
  name: 'Acknowledgement',
  description: "How a message of the hospital's systems was answered (HL7 v2, MSA-1).",
  valuesConfig: {
    AA: { description: 'Accepted: what it says stands in the portal.' },
    AE: { description: 'Refused: it can never work as it is.' },
    AR: { description: 'Refused for now: send it again.' },
  },
})

export const systems = { roles: [Role.SYSTEM] }

@Directive('@key(fields: "id")')
@ObjectType('HospitalMessage', {
  description: "A message of the hospital's systems: that it came, and how it was answered.",
})
export class HospitalMessageType {
  @Auth(systems)
  @Field(() => ID, { description: 'Our own id of the message.' })
  id!: string

  @Auth(systems)
  @Field(() => String, { description: 'The sending application and facility (MSH-3 and MSH-4).' })
  sender!: string

  @Auth(systems)
  @Field(() => String, { description: "The sender's number for the message (MSH-10)." })
  controlId!: string

  @Auth(systems)
  @Field(() => String, { description: 'What kind of message it is (MSH-9), such as "SIU^S12".' })
  type!: string

  @Auth(systems)
  @Field(() => DateTime, { description: 'When it first came.' })
  receivedAt!: Date

  @Auth(systems)
  @Field(() => Acknowledgement, {
    nullable: true,
    description: 'How it was answered. Null while it is worked on, and after a crash in the middle.',
  })
  acknowledgement?: Acknowledgement | null

  @Auth(systems)
  @Field(() => String, { nullable: true, description: 'Why it was refused. Null when it was not.' })
  reason?: string | null

  @Auth(systems)
  @Field(() => DateTime, { nullable: true, description: 'When it was accepted at last, after it had been refused.' })
  replayedAt?: Date | null
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
