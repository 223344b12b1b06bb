import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { Role } from '../../runtime/viewer.ts'
import type { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestType } from './change-request.type.ts'

@ObjectType({ description: 'Staff have the request, and answer it. The appointment is as it was.' })
export class ChangeRequested {
  @Auth({ roles: [Role.PATIENT] })
  @Field(() => ChangeRequestType, {
    description: 'The request, with its reference and the day by which it is answered.',
  })
  readonly request: ChangeRequest

  constructor(request: ChangeRequest) {
    this.request = request
  }
}
