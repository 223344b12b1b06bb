import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { ChangeRequestClosed } from './change-request-closed.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestNotFound } from './change-request-not-found.ts'
import { ChangeRequestStepKind } from './change-request-status.ts'
import { ChangeRequestType } from './change-request.type.ts'
import { lockedRequest } from './locked-request.ts'
import { staffNameOf } from './staff-name.ts'
import { takeStep } from './take-step.ts'

@InputType({ description: 'Which request a member of staff takes on.' })
export class ClaimChangeRequestInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The request.' })
  requestId!: string
}

@ObjectType({ description: 'The request is theirs, now or before: nobody else answers it meanwhile.' })
export class ChangeRequestClaimed {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => ChangeRequestType, { description: 'The request as it is now.' })
  readonly request: ChangeRequest

  constructor(request: ChangeRequest) {
    this.request = request
  }
}

@ObjectType({ implements: Problem, description: 'Somebody else of the staff works on the request.' })
export class ChangeRequestClaimedByAnother extends Problem {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => ChangeRequestType, { description: 'The request as it is now.' })
  readonly request: ChangeRequest

  constructor(request: ChangeRequest, staffName: string) {
    super()
    this.request = request
    this.message = `${staffName} is working on this request. Choose another, or put it back if they cannot.`
  }
}

export const ClaimChangeRequestResult = outcomes('ClaimChangeRequestResult', 'What taking on a request can come to.', [
  ChangeRequestClaimed,
  ChangeRequestClaimedByAnother,
  ChangeRequestClosed,
  ChangeRequestNotFound,
])

export async function claimChangeRequest(
  context: Context,
  { requestId }: ClaimChangeRequestInput,
): Promise<typeof ClaimChangeRequestResult> {
  const { viewer, clock } = context
  const found = await lockedRequest(context, requestId)
  if (!found) return new ChangeRequestNotFound()
  const { request } = found
  if (!request.isOpen) return new ChangeRequestClosed(request)
  const now = clock.now()
  const claim = request.claimAt(now)
  if (claim && claim.staffId !== viewer.actorId) return new ChangeRequestClaimedByAnother(request, claim.staffName)
  if (!claim) {
    request.claim({ staffId: viewer.actorId, staffName: staffNameOf(viewer), at: now })
    await takeStep(context, request, ChangeRequestStepKind.CLAIMED)
  }
  return new ChangeRequestClaimed(request)
}

@Resolver()
export class ClaimChangeRequest {
  @Auth({ roles: [Role.STAFF] })
  @Mutation(() => ClaimChangeRequestResult, {
    description: 'Takes on a request, for nobody else to answer meanwhile. A claim lapses after 12 hours.',
  })
  claimChangeRequest(
    @Arg('input', () => ClaimChangeRequestInput, { description: 'Which request.' }) input: ClaimChangeRequestInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, claimChangeRequest)
  }
}
