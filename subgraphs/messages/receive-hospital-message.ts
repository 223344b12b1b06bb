import { randomUUID } from 'node:crypto'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { badInput, Problem } from '../runtime/problem.ts'
import { DateTime } from '../runtime/scalars.ts'
import type { MessagesContext } from './context.ts'
import { HospitalMessage } from './hospital-message.entity.ts'
import { HospitalMessageType, systems } from './hospital-message.type.ts'

@InputType({ description: "A message of the hospital's systems that has just come in." })
export class ReceiveHospitalMessageInput {
  @Field(() => ID, { description: 'A new UUID for each arrival, also of a message that came before.' })
  idempotencyKey!: string

  @Field(() => String, { description: 'The sending application and facility (MSH-3 and MSH-4).' })
  sender!: string

  @Field(() => String, { description: "The sender's number for the message (MSH-10)." })
  controlId!: string

  @Field(() => String, { description: 'What kind of message it is (MSH-9), such as "SIU^S12".' })
  type!: string

  @Field(() => DateTime, { nullable: true, description: 'When what it tells of happened.' })
  eventAt?: Date | null

  @Field(() => String, {
    description: 'A fingerprint of the whole message, by which a repeat is known from a mistake.',
  })
  digest!: string
}

@ObjectType({
  description: 'Do what it says. Either it is new, or it came before and was never answered, or told to come again.',
})
export class HospitalMessageNew {
  @Auth(systems)
  @Field(() => HospitalMessageType, { description: 'The message.' })
  message: HospitalMessage

  constructor(message: HospitalMessage) {
    this.message = message
  }
}

@ObjectType({ description: 'A repeat: do nothing, and answer what was answered before.' })
export class HospitalMessageKnown {
  @Auth(systems)
  @Field(() => HospitalMessageType, { description: 'The message, with how it was answered.' })
  message: HospitalMessage

  constructor(message: HospitalMessage) {
    this.message = message
  }
}

@ObjectType({ implements: Problem, description: 'The same sender and control id came before, with another content.' })
export class HospitalMessageDiffers extends Problem {
  @Auth(everyone)
  @Field(() => String, { description: 'What happened and what to do now.' })
  override message =
    'A different message with this control id was received before. Nothing was changed. Send it again under a new control id.'
}

const ReceiveHospitalMessageResult = outcomes(
  'ReceiveHospitalMessageResult',
  "What to do with a message of the hospital's systems.",
  [HospitalMessageNew, HospitalMessageKnown, HospitalMessageDiffers],
)

const longest = 200
const measured = ['sender', 'controlId', 'type', 'digest'] as const

/** Remembers that a message came. The database decides which of two at once was first. */
export async function receiveHospitalMessage(
  { em, clock }: MessagesContext,
  { idempotencyKey: _, ...arrived }: ReceiveHospitalMessageInput,
): Promise<typeof ReceiveHospitalMessageResult> {
  const wrong = measured.find((name) => arrived[name].trim() === '' || arrived[name].length > longest)
  if (wrong) throw badInput(`${wrong}: use 1 to ${longest} characters.`)
  const message = await em.upsert(
    HospitalMessage,
    { ...arrived, id: randomUUID(), receivedAt: clock.now() },
    { onConflictFields: ['sender', 'controlId'], onConflictAction: 'ignore' },
  )
  if (message.digest !== arrived.digest) return new HospitalMessageDiffers()
  return message.isStillToBeDone ? new HospitalMessageNew(message) : new HospitalMessageKnown(message)
}

@Resolver()
export class ReceiveHospitalMessage {
  @Auth(systems)
  @Mutation(() => ReceiveHospitalMessageResult, {
    description:
      "Remembers a message of the hospital's systems by its sender and control id, and says whether to act on it.",
  })
  receiveHospitalMessage(
    @Arg('input', () => ReceiveHospitalMessageInput) input: ReceiveHospitalMessageInput,
    @Ctx() context: MessagesContext,
  ) {
    return idempotent(context, input, receiveHospitalMessage)
  }
}
