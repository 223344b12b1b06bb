import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { signGrant } from '../../runtime/grant.ts'
import { type Grant, Role } from '../../runtime/viewer.ts'
import type { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'

/** What this partner was granted of this person in this request: all that is ever said of it comes from here. */
export const grantOf = ({ viewer }: Pick<Context, 'viewer'>, { id }: Pick<Patient, 'id'>): Grant | undefined =>
  viewer.grants?.find(({ patientIds }) => patientIds.includes(id))

/** The grant, signed for the subgraphs that hold the rest of the record. */
export function grant(context: Context, patient: Patient): string | null {
  const granted = grantOf(context, patient)
  return granted ? signGrant(context, granted) : null
}

@Resolver(() => PatientType)
export class PatientGrant {
  @Auth({ roles: [Role.PATIENT, Role.PARTNER, Role.STAFF, Role.SYSTEM], relation: Relation.SELF })
  @Directive('@inaccessible')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'What a partner may see of this person in this request, for the other subgraphs. Null for all others.',
  })
  grant(@Root() patient: Patient, @Ctx() context: Context): string | null {
    return grant(context, patient)
  }
}
