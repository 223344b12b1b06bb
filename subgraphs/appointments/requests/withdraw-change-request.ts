import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { appointmentEvents } from '../appointment-events.ts'
import { HospitalNoticeKind } from '../write-back/hospital-notice-status.ts'
import { tellHospital } from '../write-back/tell-hospital.ts'
import { ChangeRequestClosed } from './change-request-closed.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestNotFound } from './change-request-not-found.ts'
import { ChangeRequestStatus, ChangeRequestStepKind } from './change-request-status.ts'
import { ChangeRequestType } from './change-request.type.ts'
import { lockedRequest } from './locked-request.ts'
import { takeStep } from './take-step.ts'

@InputType({ description: 'Which request the patient takes back.' })
export class WithdrawChangeRequestInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The request.' })
  requestId!: string
}

@ObjectType({ description: 'The patient no longer asks. The appointment is as it was.' })
export class ChangeRequestWithdrawn {
  @Auth({ roles: [Role.PATIENT] })
  @Field(() => ChangeRequestType, { description: 'The request as it is now.' })
  readonly request: ChangeRequest

  constructor(request: ChangeRequest) {
    this.request = request
  }
}

export const WithdrawChangeRequestResult = outcomes(
  'WithdrawChangeRequestResult',
  'What taking back a request can come to.',
  [ChangeRequestWithdrawn, ChangeRequestClosed, ChangeRequestNotFound],
)

export async function withdrawChangeRequest(
  context: Context,
  { requestId }: WithdrawChangeRequestInput,
): Promise<typeof WithdrawChangeRequestResult> {
  const found = await lockedRequest(context, requestId)
  if (!found) return new ChangeRequestNotFound()
  const { request, appointment } = found
  if (!request.isOpen) return new ChangeRequestClosed(request)
  request.close(ChangeRequestStatus.WITHDRAWN)
  await takeStep(context, request, ChangeRequestStepKind.WITHDRAWN)
  await tellHospital(context, appointment, {
    kind: HospitalNoticeKind.REQUEST_WITHDRAWN,
    requestReference: request.reference,
  })
  const { appointmentId, patientId } = request
  appointmentEvents.record(context, 'change-request.withdrawn', { requestId, appointmentId, patientId })
  return new ChangeRequestWithdrawn(request)
}

@Resolver()
export class WithdrawChangeRequest {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => WithdrawChangeRequestResult, {
    description: 'Takes back what the patient asked for, until staff have answered. The appointment stays as it is.',
  })
  withdrawChangeRequest(
    @Arg('input', () => WithdrawChangeRequestInput, { description: 'Which request.' })
    input: WithdrawChangeRequestInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, withdrawChangeRequest)
  }
}
