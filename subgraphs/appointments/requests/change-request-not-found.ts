import { ObjectType } from 'type-graphql'
import { Problem } from '../../runtime/problem.ts'

@ObjectType({ implements: Problem, description: 'There is no such request, or it is not yours.' })
export class ChangeRequestNotFound extends Problem {
  override message = 'We cannot find this request. Go back to the list and choose it there.'
}
