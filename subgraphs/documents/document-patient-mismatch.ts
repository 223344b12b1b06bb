import { ObjectType } from 'type-graphql'
import { Problem } from '../runtime/problem.ts'

@ObjectType({
  implements: Problem,
  description: "The hospital's id is already that of a document of another patient: nothing changed.",
})
export class DocumentPatientMismatch extends Problem {
  override message =
    'The document with this hospital id belongs to another patient. Nothing was changed. Check the id, and whether the two records should be merged.'
}
