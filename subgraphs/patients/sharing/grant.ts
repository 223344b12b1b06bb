import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { signGrant } from '../../runtime/grant.ts'
import { Role } from '../../runtime/viewer.ts'
import type { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'

/** What this partner was granted of this person in this request, signed for the subgraphs that hold the rest of the record. */
export function grant(context: Context, { id }: Patient): string | null {
  const granted = context.viewer.grants?.find(({ patientIds }) => patientIds.includes(id))
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
