import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import type { Appointment } from './appointment.entity.ts'
import { AppointmentKind, CancelledBy } from './appointment-status.ts'
import { shownAtTheDesk } from './shown-of-appointment.ts'

/** What the patient, or staff for them, can still do about it: not a partner's. */
const shownToWhoCanUndo = { roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF], relation: Relation.SELF }

@ObjectType('Cancellation', { description: 'When an appointment was cancelled, by whom, and why.' })
export class CancellationType {
  @Auth(shownAtTheDesk)
  @Field(() => DateTime, { description: 'When.' })
  at!: Date

  @Auth(shownAtTheDesk)
  @Field(() => CancelledBy, { description: 'By whom.' })
  by!: CancelledBy
}

type Cancellation = NonNullable<Appointment['cancellation']>

/** What a cancellation says by the clock, by the rules of the trust, and to whom. */
@Resolver(() => CancellationType)
export class CancellationFields {
  @Auth(shownAtTheDesk)
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Why, when a reason was given. What the patient said is between them and this hospital: partners are told reasons of the hospital alone.',
  })
  reason(@Root() { reason, by }: Cancellation, @Ctx() { viewer }: Context): string | null {
    return viewer.role === Role.PARTNER && by === CancelledBy.PATIENT ? null : reason
  }

  @Auth(shownToWhoCanUndo)
  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'Until when the patient can undo it; null when it cannot be undone, or no longer.',
  })
  undoUntil(@Root() { undoUntil }: Cancellation, @Ctx() { clock }: Context): Date | null {
    return undoUntil && undoUntil > clock.now() ? undoUntil : null
  }

  @Auth(shownAtTheDesk)
  @FieldResolver(() => Boolean, { description: 'True when, by the rules of the trust, it discharges the patient.' })
  discharges(@Root() { by, kind }: Cancellation, @Ctx() { trust }: Context): boolean {
    return trust.cancellationDischarges && by === CancelledBy.PATIENT && kind === AppointmentKind.OUTPATIENT
  }
}
