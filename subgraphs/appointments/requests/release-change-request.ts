import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { ChangeRequestClosed } from './change-request-closed.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestNotClaimed } from './change-request-not-claimed.ts'
import { ChangeRequestNotFound } from './change-request-not-found.ts'
import { ChangeRequestStepKind } from './change-request-status.ts'
import { ChangeRequestType } from './change-request.type.ts'
import { lockedRequest } from './locked-request.ts'
import { takeStep } from './take-step.ts'

@InputType({ description: 'Which request a member of staff gives back.' })
export class ReleaseChangeRequestInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The request.' })
  requestId!: string
}

@ObjectType({ description: 'The request is nobody’s again: a colleague can take it on.' })
export class ChangeRequestReleased {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => ChangeRequestType, { description: 'The request as it is now.' })
  readonly request: ChangeRequest

  constructor(request: ChangeRequest) {
    this.request = request
  }
}

export const ReleaseChangeRequestResult = outcomes(
  'ReleaseChangeRequestResult',
  'What giving back a request can come to.',
  [ChangeRequestReleased, ChangeRequestNotClaimed, ChangeRequestClosed, ChangeRequestNotFound],
)

/** By anybody of its clinic: who took it may be ill, or work here no more. The step says who gave it back. */
export async function releaseChangeRequest(
  context: Context,
  { requestId }: ReleaseChangeRequestInput,
): Promise<typeof ReleaseChangeRequestResult> {
  const found = await lockedRequest(context, requestId)
  if (!found) return new ChangeRequestNotFound()
  const { request } = found
  if (!request.isOpen) return new ChangeRequestClosed(request)
  if (!request.claimAt(context.clock.now())) return new ChangeRequestNotClaimed(request)
  request.release()
  await takeStep(context, request, ChangeRequestStepKind.RELEASED)
  return new ChangeRequestReleased(request)
}

@Resolver()
export class ReleaseChangeRequest {
  @Auth({ roles: [Role.STAFF] })
  @Mutation(() => ReleaseChangeRequestResult, {
    description:
      'Gives back a request that the member of staff, or a colleague who cannot answer it, had taken on: anybody of the clinic can take it.',
  })
  releaseChangeRequest(
    @Arg('input', () => ReleaseChangeRequestInput, { description: 'Which request.' }) input: ReleaseChangeRequestInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, releaseChangeRequest)
  }
}
