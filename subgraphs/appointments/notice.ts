import { Field, Int, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { ContactCard } from '../runtime/contact-card.ts'
import type { Context } from '../runtime/context.ts'
import { londonDate } from '../runtime/london.ts'
import { LocalDate } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { lastDayOfNotice } from '../runtime/working-days.ts'
import type { Appointment } from './appointment.entity.ts'
import type { Clinic } from './clinic.entity.ts'

const shown = { roles: [Role.PATIENT, Role.SYSTEM] }

@ObjectType({
  description:
    'How much notice of a change the hospital asks for, so that somebody else can be seen. Too late warns, and never blocks.',
})
export class Notice {
  @Auth(shown)
  @Field(() => Int, { description: 'The working days asked for.' })
  readonly workingDays!: number

  @Auth(shown)
  @Field(() => LocalDate, { description: 'The last London day on which it is in time.' })
  readonly lastDay!: string

  @Auth(shown)
  @Field(() => Boolean, { description: 'True when it is already too late to give that much notice.' })
  readonly late!: boolean

  @Auth(shown)
  @Field(() => ContactCard, { description: 'Whom to phone then.' })
  readonly contact!: ContactCard
}

/** The notice asked for before this appointment, as of now. */
export function noticeOf({ startsAt }: Appointment, clinic: Clinic, { clock, trust }: Context): Notice {
  const lastDay = lastDayOfNotice(londonDate(startsAt), trust.noticeWorkingDays)
  const late = londonDate(clock.now()) > lastDay
  return { workingDays: trust.noticeWorkingDays, lastDay, late, contact: clinic.contactIn(trust) }
}
