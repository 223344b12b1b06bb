import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Acknowledgement } from '../runtime/acknowledgement.ts'
import { Auth } from '../runtime/auth.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { badInput } from '../runtime/problem.ts'
import type { MessagesContext } from './context.ts'
import { HospitalMessage } from './hospital-message.entity.ts'
import { HospitalMessageType, systems } from './hospital-message.type.ts'

@InputType({ description: "How a message of the hospital's systems was answered." })
export class AnswerHospitalMessageInput {
  @Field(() => ID, { description: 'A new UUID for each answer; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'Our own id of the message, as `receiveHospitalMessage` gave it.' })
  id!: string

  @Field(() => Acknowledgement, { description: 'The answer.' })
  acknowledgement!: Acknowledgement

  @Field(() => String, { nullable: true, description: 'Why it was refused, without a name or number of a patient.' })
  reason?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The whole message, with AE or AR: kept sealed, so that it can be replayed.',
  })
  text?: string | null
}

@ObjectType({ description: 'The answer is kept.' })
export class HospitalMessageAnswered {
  @Auth(systems)
  @Field(() => HospitalMessageType, { description: 'The message. What was once accepted stays accepted.' })
  message: HospitalMessage

  constructor(message: HospitalMessage) {
    this.message = message
  }
}

const AnswerHospitalMessageResult = outcomes('AnswerHospitalMessageResult', 'What came of keeping an answer.', [
  HospitalMessageAnswered,
])

/** Keeps how a message was answered, and the message itself when it was refused. */
export async function answerHospitalMessage(
  { em, clock, texts }: MessagesContext,
  { id, acknowledgement, reason, text }: AnswerHospitalMessageInput,
): Promise<HospitalMessageAnswered> {
  if (text && acknowledgement === Acknowledgement.AA)
    throw badInput('text: leave it out with AA. Only a refused message is kept.')
  const message = await em.findOne(HospitalMessage, { id })
  if (!message) throw badInput('id: no message has this id. Use the one that receiveHospitalMessage gave.')
  message.answer({ acknowledgement, reason: reason ?? null, text: text ?? null }, { now: clock.now(), texts })
  return new HospitalMessageAnswered(message)
}

@Resolver()
export class AnswerHospitalMessage {
  @Auth(systems)
  @Mutation(() => AnswerHospitalMessageResult, {
    description:
      "Keeps how a message of the hospital's systems was answered, and the whole message when it was refused.",
  })
  answerHospitalMessage(
    @Arg('input', () => AnswerHospitalMessageInput) input: AnswerHospitalMessageInput,
    @Ctx() context: MessagesContext,
  ) {
    return idempotent(context, input, answerHospitalMessage)
  }
}
