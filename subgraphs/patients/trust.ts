import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'
import { ContactCard } from '../runtime/contact-card.ts'
import type { Trust as TrustProfile } from '../runtime/trust.ts'
import type { PatientsContext } from './keys.ts'

@ObjectType('Trust', { description: 'The public facts of the hospital trust that runs this portal.' })
export class TrustType {
  @Auth(everyone)
  @Field(() => String, { description: 'Which profile is in use: "west-herts".' })
  profile!: string

  @Auth(everyone)
  @Field(() => String, { description: 'The full name of the trust.' })
  name!: string

  @Auth(everyone)
  @Field(() => String, { description: 'A short name, as texts say it.' })
  shortName!: string

  @Auth(everyone)
  @Field(() => String, { description: 'What patients call the portal.' })
  serviceName!: string

  @Auth(everyone)
  @Field(() => String, { description: "The trust's ODS code (NHS Organisation Data Service)." })
  odsCode!: string

  @Auth(everyone)
  @Field(() => [String], { description: 'The partner trusts whose documents and results are shown here.' })
  partnerNames!: string[]

  @Auth(everyone)
  @Field(() => [String], { description: 'The postal address, line by line.' })
  addressLines!: string[]

  @Auth(everyone)
  @Field(() => ContactCard, { description: 'Whom to phone about appointments.' })
  appointmentsTeam!: ContactCard

  @Auth(everyone)
  @Field(() => ContactCard, { description: 'Whom to tell about technical problems.' })
  technicalSupport!: ContactCard

  @Auth(everyone)
  @Field(() => ContactCard, { description: 'The Patient Advice and Liaison Service.' })
  pals!: ContactCard

  @Auth(everyone)
  @Field(() => Boolean, { description: 'True when people register before they use the portal.' })
  registration!: boolean

  @Auth(everyone)
  @Field(() => Int, { description: 'The least age in years at which the portal may be used.' })
  minimumAge!: number

  @Auth(everyone)
  @Field(() => Boolean, {
    description: 'True when cancelling an appointment discharges the patient, who then needs a new referral.',
  })
  cancellationDischarges!: boolean

  @Auth(everyone)
  @Field(() => Int, {
    description: 'How many working days before an appointment the hospital asks to be told. Less warns, never blocks.',
  })
  noticeWorkingDays!: number

  @Auth(everyone)
  @Field(() => Int, { description: 'For how many minutes a patient can undo a cancellation.' })
  undoMinutes!: number

  @Auth(everyone)
  @Field(() => Int, { description: 'Within how many working days staff answer what patients ask for.' })
  requestAnswerWorkingDays!: number

  @Auth(everyone)
  @Field(() => Int, {
    description: 'So many days after it came a report in words opens by itself, unless staff release or hold it.',
  })
  resultReleaseDays!: number

  @Auth(everyone)
  @Field(() => Boolean, {
    description: 'True when this is a demonstration: nobody here is real, and messages go to a page.',
  })
  demonstration!: boolean
}

@Resolver()
export class Trust {
  @Auth(everyone)
  @Query(() => TrustType, { description: 'The trust that runs this portal.' })
  trust(@Ctx() { trust, demonstration }: PatientsContext): TrustProfile & { demonstration: boolean } {
    return { ...trust, demonstration }
  }
}
