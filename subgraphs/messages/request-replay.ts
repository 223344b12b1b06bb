import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Problem } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import type { MessagesContext } from './context.ts'
import { HospitalMessage, refusals } from './hospital-message.entity.ts'
import { HospitalMessageType } from './hospital-message.type.ts'

const staff = { roles: [Role.STAFF] }

@InputType({ description: 'Which refused message is to be taken again.' })
export class RequestReplayInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'Our own id of the message, as `refusedHospitalMessages` gave it.' })
  hospitalMessageId!: string
}

@ObjectType({ description: 'It is taken again within seconds. If it is refused again it comes back to the list.' })
export class ReplayRequested {
  @Auth(staff)
  @Field(() => HospitalMessageType, { description: 'The message.' })
  message: HospitalMessage

  constructor(message: HospitalMessage) {
    this.message = message
  }
}

@ObjectType({ implements: Problem, description: 'There is no such message, or nothing to take again.' })
export class HospitalMessageNotFound extends Problem {
  @Auth(everyone)
  @Field(() => String, { description: 'What happened and what to do now.' })
  override message =
    'This message is not among the refused ones: it may have been accepted since. Look at the list of refused messages again.'
}

const RequestReplayResult = outcomes('RequestReplayResult', 'What came of asking to have a message taken again.', [
  ReplayRequested,
  HospitalMessageNotFound,
])

/** Notes that staff want a message taken again. Asked twice, it keeps its place among those that wait. */
export async function requestReplay(
  { em, clock }: MessagesContext,
  { hospitalMessageId: id }: RequestReplayInput,
): Promise<typeof RequestReplayResult> {
  const message = await em.findOne(HospitalMessage, {
    id,
    acknowledgement: { $in: refusals },
    sealedText: { $ne: null },
  })
  if (!message) return new HospitalMessageNotFound()
  message.replayRequestedAt ??= clock.now()
  return new ReplayRequested(message)
}

@Resolver()
export class RequestReplay {
  @Auth(staff)
  @Mutation(() => RequestReplayResult, {
    description: 'Asks to have a refused message of the hospital taken again, after what was wrong has been put right.',
  })
  requestReplay(@Arg('input', () => RequestReplayInput) input: RequestReplayInput, @Ctx() context: MessagesContext) {
    return idempotent(context, input, requestReplay)
  }
}
