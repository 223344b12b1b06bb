import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { batched } from '../runtime/batch.ts'
import { ContactCard } from '../runtime/contact-card.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import { ClinicMode } from './clinic-mode.ts'
import { Clinic } from './clinic.entity.ts'
import { shownOfClinic } from './shown-of-appointment.ts'

const shownAndDesk = { ...shownOfClinic, roles: [...shownOfClinic.roles, Role.STAFF] }
/** What patients may do: a partner does nothing here. */
const shownToPatients = { roles: [Role.PATIENT, Role.SYSTEM] }
const systems = { roles: [Role.SYSTEM] }

@Directive('@key(fields: "code")')
@ObjectType('Clinic', { description: 'A clinic of the hospital: what holds for all of its appointments.' })
export class ClinicType {
  @Auth(shownAndDesk)
  @Field(() => ID, { description: "The hospital's own code." })
  code!: string

  @Auth(shownAndDesk)
  @Field(() => String, { description: 'The name patients know: "Dermatology clinic".' })
  name!: string

  @Auth(shownOfClinic)
  @Field(() => String, { description: 'The specialty it belongs to.' })
  specialty!: string

  @Auth(shownToPatients)
  @Field(() => ClinicMode, { description: 'What patients may do by themselves about its appointments.' })
  mode!: ClinicMode

  @Auth(systems)
  @Field(() => String, { nullable: true, description: "How its letters begin, in the clinic's own words." })
  letterIntroduction!: string | null

  @Auth(systems)
  @Field(() => String, { nullable: true, description: 'What it means not to come, in the words of its letters.' })
  ifYouDoNotAttend!: string | null

  @Auth(systems)
  @Field(() => Boolean, { description: 'True when the trust keeps it out of the portal: patients see nothing of it.' })
  excluded!: boolean
}

@Resolver(() => ClinicType)
export class ClinicFields {
  @Auth(shownOfClinic)
  @FieldResolver(() => ContactCard, {
    description:
      "Whom to phone about its appointments; the trust's appointments team, when the clinic has nobody of its own.",
  })
  contact(@Root() clinic: Clinic, @Ctx() { trust }: Context): ContactCard {
    return clinic.contactIn(trust)
  }
}

export const clinicByCode = batched(async ({ em }, codes) => {
  const clinics = await em.find(Clinic, { code: { $in: [...codes] } })
  return new Map(clinics.map((clinic) => [clinic.code, clinic]))
})

/** The clinic of an appointment that the viewer may see. */
export async function clinicOf(context: Context, { clinicCode }: { clinicCode: string }): Promise<Clinic> {
  const clinic = await clinicByCode(context, clinicCode)
  if (!clinic) throw new Error('an appointment is shown whose clinic is not')
  return clinic
}
