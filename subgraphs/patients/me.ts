import { Ctx, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import { Patient } from './patient.entity.ts'
import { PatientType } from './patient.type.ts'

/** The person who asks. */
export const me = ({ em, viewer }: Context): Promise<Patient | null> =>
  em.findOne(Patient, { id: viewer.patientIds[0] ?? '' })

@Resolver()
export class Me {
  @Auth({ roles: [Role.PATIENT] })
  @Query(() => PatientType, { nullable: true, description: 'The person who is logged in.' })
  me(@Ctx() context: Context) {
    return me(context)
  }
}
