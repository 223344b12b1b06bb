import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { AppointmentStatus } from '../appointment-status.ts'
import { freeText } from '../../runtime/free-text.ts'
import { SlotNotOffered, SlotTaken } from '../slot-problems.ts'
import { answerRequest } from './answer-request.ts'
import { cancelAsAsked } from './cancel-as-asked.ts'
import { ChangeRequestClosed } from './change-request-closed.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestNotClaimed } from './change-request-not-claimed.ts'
import { ChangeRequestNotFound } from './change-request-not-found.ts'
import { ChangeRequestKind, ChangeRequestStatus } from './change-request-status.ts'
import { ChangeRequestType } from './change-request.type.ts'
import { lockedRequest } from './locked-request.ts'
import { moveAsAsked } from './move-as-asked.ts'
import { overtakeRequest } from './overtake-request.ts'

@InputType({ description: 'Which request staff agree to.' })
export class AgreeToChangeRequestInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The request.' })
  requestId!: string

  @Field(() => ID, {
    nullable: true,
    description: 'The new time: needed when another time is asked for, and only then.',
  })
  slotId?: string | null

  @Field(() => String, { nullable: true, description: 'For the patient, at most 500 characters.' })
  message?: string | null
}

@ObjectType({ description: 'What was asked for is done, and the patient has the answer.' })
export class ChangeRequestAgreed {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => ChangeRequestType, { description: 'The request as it is now.' })
  readonly request: ChangeRequest

  constructor(request: ChangeRequest) {
    this.request = request
  }
}

export const AgreeToChangeRequestResult = outcomes(
  'AgreeToChangeRequestResult',
  'What saying yes to a request can come to.',
  [ChangeRequestAgreed, SlotTaken, SlotNotOffered, ChangeRequestNotClaimed, ChangeRequestClosed, ChangeRequestNotFound],
)

export async function agreeToChangeRequest(
  context: Context,
  { requestId, slotId, message }: AgreeToChangeRequestInput,
): Promise<typeof AgreeToChangeRequestResult> {
  const words = freeText('message', message)
  const found = await lockedRequest(context, requestId)
  if (!found) return new ChangeRequestNotFound()
  const { request, appointment } = found
  if (!request.isOpen) return new ChangeRequestClosed(request)
  if (!request.isClaimedBy(context.viewer, context.clock.now())) return new ChangeRequestNotClaimed(request)
  // Nothing is left to agree to: the hospital was quicker, or the patient has come already.
  if (appointment.status !== AppointmentStatus.BOOKED || appointment.startsAt <= context.clock.now()) {
    await overtakeRequest(context, appointment)
    return new ChangeRequestClosed(request)
  }
  const act = request.kind === ChangeRequestKind.CHANGE ? moveAsAsked : cancelAsAsked
  const problem = await act(context, request, appointment, slotId ?? null)
  if (problem) return problem
  await answerRequest(context, request, ChangeRequestStatus.AGREED, words)
  return new ChangeRequestAgreed(request)
}

@Resolver()
export class AgreeToChangeRequest {
  @Auth({ roles: [Role.STAFF] })
  @Mutation(() => AgreeToChangeRequestResult, {
    description:
      'Does what the patient asked for, and tells them: moves the appointment to the slot given, or cancels it. For whoever took the request on. Once the appointment starts, the request is closed instead.',
  })
  agreeToChangeRequest(
    @Arg('input', () => AgreeToChangeRequestInput, { description: 'Which request, and the new time.' })
    input: AgreeToChangeRequestInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, agreeToChangeRequest)
  }
}
