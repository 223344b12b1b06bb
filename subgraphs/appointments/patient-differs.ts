import { ObjectType } from 'type-graphql'
import { Problem } from '../runtime/problem.ts'

@ObjectType({
  implements: Problem,
  description: 'An appointment with this hospital identifier belongs to another patient.',
})
export class PatientDiffers extends Problem {
  override message =
    'The appointment with this hospital id belongs to another patient. Nothing was changed. Check the id, and whether the two records should be merged.'
}
