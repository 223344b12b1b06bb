import { ObjectType } from 'type-graphql'
import { Problem } from '../../runtime/problem.ts'

@ObjectType({
  implements: Problem,
  description:
    'Nothing was merged or undone: a number is unknown, the two were not one, or the records would go in a circle. Says which.',
})
export class PatientsNotMerged extends Problem {
  constructor(message: string) {
    super()
    this.message = message
  }
}
