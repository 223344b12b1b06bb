import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import { Patient } from './patient.entity.ts'
import { PatientType } from './patient.type.ts'

@Resolver()
export class FindPatient {
  @Auth({ roles: [Role.SYSTEM] })
  @Query(() => PatientType, { nullable: true, description: 'A person by the id the portal gave them.' })
  patient(@Arg('id', () => ID, { description: "The portal's own id." }) id: string, @Ctx() { em }: Context) {
    return em.findOne(Patient, id)
  }

  @Auth({ roles: [Role.SYSTEM] })
  @Query(() => PatientType, { nullable: true, description: "A person by the hospital's number, for the feeds." })
  patientByHospitalNumber(
    @Arg('hospitalNumber', () => String, { description: "The hospital's number, as it writes it." })
    hospitalNumber: string,
    @Ctx() { em }: Context,
  ) {
    return em.findOne(Patient, { hospitalNumber })
  }
}

@Resolver(() => PatientType)
export class PatientFields {
  @Auth({ roles: [Role.SYSTEM], relation: Relation.SELF })
  @FieldResolver(() => Boolean, {
    description:
      'True when the person may be written to: alive, old enough today in London, not kept out of the portal.',
  })
  messageable(@Root() patient: Patient, @Ctx() context: Context): boolean {
    return patient.mayUsePortal(context)
  }
}
