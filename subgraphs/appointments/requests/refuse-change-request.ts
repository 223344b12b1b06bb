import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { neededText } from '../../runtime/free-text.ts'
import { answerRequest } from './answer-request.ts'
import { ChangeRequestClosed } from './change-request-closed.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestNotClaimed } from './change-request-not-claimed.ts'
import { ChangeRequestNotFound } from './change-request-not-found.ts'
import { ChangeRequestStatus } from './change-request-status.ts'
import { ChangeRequestType } from './change-request.type.ts'
import { lockedRequest } from './locked-request.ts'

@InputType({ description: 'Which request cannot be met, and why.' })
export class RefuseChangeRequestInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The request.' })
  requestId!: string

  @Field(() => String, { description: 'Why, for the patient: 1 to 500 characters.' })
  message!: string
}

@ObjectType({ description: 'The patient has the answer. The appointment is as it was.' })
export class ChangeRequestRefused {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => ChangeRequestType, { description: 'The request as it is now.' })
  readonly request: ChangeRequest

  constructor(request: ChangeRequest) {
    this.request = request
  }
}

export const RefuseChangeRequestResult = outcomes(
  'RefuseChangeRequestResult',
  'What saying no to a request can come to.',
  [ChangeRequestRefused, ChangeRequestNotClaimed, ChangeRequestClosed, ChangeRequestNotFound],
)

export async function refuseChangeRequest(
  context: Context,
  { requestId, message }: RefuseChangeRequestInput,
): Promise<typeof RefuseChangeRequestResult> {
  const why = neededText('message', message)
  const found = await lockedRequest(context, requestId)
  if (!found) return new ChangeRequestNotFound()
  const { request } = found
  if (!request.isOpen) return new ChangeRequestClosed(request)
  if (!request.isClaimedBy(context.viewer, context.clock.now())) return new ChangeRequestNotClaimed(request)
  await answerRequest(context, request, ChangeRequestStatus.REFUSED, why)
  return new ChangeRequestRefused(request)
}

@Resolver()
export class RefuseChangeRequest {
  @Auth({ roles: [Role.STAFF] })
  @Mutation(() => RefuseChangeRequestResult, {
    description: 'Tells the patient that what they asked for cannot be, and why. For whoever took the request on.',
  })
  refuseChangeRequest(
    @Arg('input', () => RefuseChangeRequestInput, { description: 'Which request, and why.' })
    input: RefuseChangeRequestInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, refuseChangeRequest)
  }
}
