import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { AppointmentStub } from '../appointment.stub.ts'
import { BookingLetterType } from '../letter.type.ts'
import { shown } from '../shown-document.ts'
import { BookingLetter } from './booking-letter.entity.ts'

@Resolver(() => AppointmentStub)
export class LetterOfAppointment {
  @Auth({ roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF })
  @FieldResolver(() => BookingLetterType, {
    nullable: true,
    description: 'The newest letter about it; null until it is written.',
  })
  letter(@Root() appointment: AppointmentStub, @Ctx() context: Context) {
    return newestLetter(context, appointment.id)
  }
}

const newestLetter = batched(async (context, appointmentIds) => {
  const where = { appointmentId: { $in: [...appointmentIds] } }
  const letters = await context.em.find(BookingLetter, where, { orderBy: { number: 'asc' } })
  return new Map(letters.map((letter) => [letter.appointmentId, shown(context, letter)]))
})
