import { ObjectType } from 'type-graphql'
import { Problem } from '../runtime/problem.ts'

@ObjectType({ implements: Problem, description: 'It was replaced after it was shown: what it says now was not read.' })
export class DocumentHasChanged extends Problem {
  override message = 'This was replaced after you opened it. Open it again to read what it says now.'
}
