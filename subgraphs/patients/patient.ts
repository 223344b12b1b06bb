import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import { formerIds, personByHospitalNumber, personById } from './merge/records-of-person.ts'
import type { Patient } from './patient.entity.ts'
import { PatientType } from './patient.type.ts'

@Resolver()
export class FindPatient {
  @Auth({ roles: [Role.SYSTEM] })
  @Query(() => PatientType, { nullable: true, description: 'A person by any id their record has had.' })
  patient(@Arg('id', () => ID, { description: "The portal's own id." }) id: string, @Ctx() context: Context) {
    return personById(context, id)
  }

  @Auth({ roles: [Role.SYSTEM] })
  @Query(() => PatientType, {
    nullable: true,
    description: "A person by any number the hospital's record of them has had, for the feeds.",
  })
  patientByHospitalNumber(
    @Arg('hospitalNumber', () => String, { description: "The hospital's number, as it writes it." })
    hospitalNumber: string,
    @Ctx() context: Context,
  ) {
    return personByHospitalNumber(context, hospitalNumber)
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

  @Auth({ roles: [Role.SYSTEM], relation: Relation.SELF })
  @FieldResolver(() => [ID], { description: 'The ids of records that were merged into this one.' })
  async formerIds(@Root() { id }: Patient, @Ctx() context: Context): Promise<string[]> {
    return (await formerIds(context, id)) ?? []
  }
}
