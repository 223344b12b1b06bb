import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { AppointmentType } from './appointment.type.ts'

@Resolver()
export class FindAppointment {
  @Auth({ roles: [Role.PATIENT, Role.SYSTEM] })
  @Query(() => AppointmentType, {
    nullable: true,
    description: 'One appointment. Null when there is none with this id, or it is not yours.',
  })
  appointment(@Arg('id', () => ID, { description: "The portal's own id." }) id: string, @Ctx() { em }: Context) {
    return em.findOne(Appointment, { id })
  }
}
