import { ObjectType } from 'type-graphql'
import { Problem } from '../../runtime/problem.ts'

@ObjectType({ implements: Problem, description: 'There is no such refused notice, or it is not of your clinics.' })
export class HospitalNoticeNotFound extends Problem {
  override message = 'We cannot find this message to the hospital. Go back to the list and choose it there.'
}
