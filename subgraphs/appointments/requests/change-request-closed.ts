import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import type { ChangeRequestStatus } from './change-request-status.ts'
import { ChangeRequestType } from './change-request.type.ts'

const words: Record<ChangeRequestStatus, string> = {
  OPEN: 'This request is open.',
  AGREED: 'This request was agreed to already. Nothing was changed now.',
  REFUSED: 'This request was refused already. Nothing was changed now.',
  WITHDRAWN: 'This request was withdrawn. Nothing was changed now.',
  OVERTAKEN:
    'The hospital changed the appointment, or its time came, before this request was answered. So it is closed, and nothing was changed now. Look at the appointment as it is now.',
}

@ObjectType({
  implements: Problem,
  description: 'The request was answered, withdrawn or overtaken already: shown as it is.',
})
export class ChangeRequestClosed extends Problem {
  @Auth({ roles: [Role.PATIENT, Role.STAFF] })
  @Field(() => ChangeRequestType, { description: 'The request as it is now.' })
  readonly request: ChangeRequest

  constructor(request: ChangeRequest) {
    super()
    this.request = request
    this.message = words[request.status]
  }
}
