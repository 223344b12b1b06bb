import { Field, ID, InterfaceType } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import { LocalDate } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'

const own = { roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF }

@InterfaceType({
  description: 'Something written about, or to, a patient: letters first, results and summaries later.',
  resolveType: () => 'AppointmentLetter',
})
export abstract class ClinicalDocument {
  @Auth(own)
  @Field(() => ID, { description: "The portal's own id." })
  id!: string

  @Auth(own)
  @Field(() => String, { description: 'What it is called in a list.' })
  title!: string

  @Auth(own)
  @Field(() => LocalDate, { description: 'The day on which it was written.' })
  writtenOn!: string

  @Auth(own)
  @Field(() => String, { description: 'The trust that wrote it.' })
  trustName!: string
}
