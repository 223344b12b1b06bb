import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { shownAtTheDesk } from './shown-of-appointment.ts'

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

@ObjectType('Arrangement', { description: 'Something the hospital has arranged for one appointment.' })
export class ArrangementType {
  @Auth(shownAtTheDesk)
  @Field(() => ArrangementKind, { description: 'What is arranged.' })
  kind!: ArrangementKind

  @Auth(shownAtTheDesk)
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
