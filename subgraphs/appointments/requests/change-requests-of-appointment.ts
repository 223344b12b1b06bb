import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import type { Appointment } from '../appointment.entity.ts'
import { AppointmentType } from '../appointment.type.ts'
import { ChangeRequest } from './change-request.entity.ts'
import { ChangeRequestType } from './change-request.type.ts'

const atMost = 20

const requestsOf = batched(async ({ em }, appointmentIds) => {
  const where = { appointmentId: { $in: [...appointmentIds] } }
  const requests = await em.find(ChangeRequest, where, { orderBy: { requestedAt: 'desc', id: 'desc' } })
  return Map.groupBy(requests, (request) => request.appointmentId)
})

@Resolver(() => AppointmentType)
export class ChangeRequestsOfAppointment {
  @Auth({ roles: [Role.PATIENT, Role.STAFF, Role.SYSTEM], relation: Relation.SELF })
  @FieldResolver(() => [ChangeRequestType], { description: 'What the patient asked for, newest first, at most 20.' })
  async changeRequests(@Root() { id }: Appointment, @Ctx() context: Context) {
    return ((await requestsOf(context, id)) ?? []).slice(0, atMost)
  }
}
