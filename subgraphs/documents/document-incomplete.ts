import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { Problem } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'

@ObjectType({ implements: Problem, description: 'Something is missing or cannot be read, so nothing was recorded.' })
export class DocumentIncomplete extends Problem {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => String, { description: 'The field of the input that is at fault, such as "sections.2.heading".' })
  field: string

  constructor(field: string, message: string) {
    super()
    this.field = field
    this.message = `${field}: ${message}`
  }
}
