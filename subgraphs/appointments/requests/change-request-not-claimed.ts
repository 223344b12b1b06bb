import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestType } from './change-request.type.ts'

@ObjectType({ implements: Problem, description: 'Claim the request first: it is nobody’s, or somebody else’s.' })
export class ChangeRequestNotClaimed extends Problem {
  override message =
    'You are not the one who works on this request. Nothing was done. Take it on first, if nobody else has.'

  @Auth({ roles: [Role.STAFF] })
  @Field(() => ChangeRequestType, { description: 'The request as it is now.' })
  readonly request: ChangeRequest

  constructor(request: ChangeRequest) {
    super()
    this.request = request
  }
}
