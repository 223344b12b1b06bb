import { ObjectType } from 'type-graphql'
import { Problem } from '../../runtime/problem.ts'

@ObjectType({ implements: Problem, description: 'There is no such test result, or it is not yours to release.' })
export class TestResultNotFound extends Problem {
  override message = 'We cannot find this test result. Go back to the list and choose again.'
}
