import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'

export enum ArrangementKind {
  TRANSPORT = 'TRANSPORT',
  INTERPRETER = 'INTERPRETER',
}
registerEnumType(ArrangementKind, {
  name: 'ArrangementKind',
  description: 'What the hospital has arranged for an appointment.',
  valuesConfig: {
    TRANSPORT: { description: 'Hospital transport to and from the appointment.' },
    INTERPRETER: { description: 'An interpreter, British Sign Language included.' },
  },
})

/** Something arranged for one appointment, as it is kept. */
export interface Arrangement {
  readonly kind: ArrangementKind
  readonly detail: string | null
}

export const arrangementFrom = ({ kind, detail }: ArrangementInput): Arrangement => ({ kind, detail: detail ?? null })

const own = { roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF], relation: Relation.SELF }

@ObjectType('Arrangement', { description: 'Something the hospital has arranged for one appointment.' })
export class ArrangementType {
  @Auth(own)
  @Field(() => ArrangementKind, { description: 'What is arranged.' })
  kind!: ArrangementKind

  @Auth(own)
  @Field(() => String, { nullable: true, description: 'In words: "Polish", "Ambulance car at 9:30am".' })
  detail!: string | null
}

@InputType({ description: 'Something the hospital has arranged for one appointment.' })
export class ArrangementInput {
  @Field(() => ArrangementKind, { description: 'What is arranged.' })
  kind!: ArrangementKind

  @Field(() => String, { nullable: true, description: 'In words: "Polish", "Ambulance car at 9:30am".' })
  detail?: string | null
}
