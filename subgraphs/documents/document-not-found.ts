import { ObjectType } from 'type-graphql'
import { Problem } from '../runtime/problem.ts'

@ObjectType({ implements: Problem, description: 'There is no such document, or it is not yours.' })
export class DocumentNotFound extends Problem {
  override message = 'We cannot find this document. Go back to your list of letters and test results.'
}
