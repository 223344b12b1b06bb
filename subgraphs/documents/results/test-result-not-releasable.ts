import { ObjectType } from 'type-graphql'
import { Problem } from '../../runtime/problem.ts'

@ObjectType({
  implements: Problem,
  description:
    'It cannot be done to this result as it is: it is open already, not finished, withdrawn, not open (to take it back), or a hold would open what only a clinician opens, or would not make it open later.',
})
export class TestResultNotReleasable extends Problem {
  constructor(message: string) {
    super()
    this.message = message
  }
}
