import { batched } from '../runtime/batch.ts'
import type { ReferenceResolver } from '../runtime/federate.ts'
import { mayMeet } from '../runtime/grant.ts'
import { AppointmentStub } from './appointment.stub.ts'
import { AnyDocument } from './hospital-document.entity.ts'

/** Whose appointment it is, as any document about it says. */
const ownerOfAppointment = batched(async ({ em }, appointmentIds) => {
  const where = { appointmentId: { $in: [...appointmentIds] } }
  const documents = await em.find(AnyDocument, where, { fields: ['appointmentId', 'patientId'] })
  return new Map(documents.map((it) => [it.appointmentId ?? '', it.patientId]))
})

/**
 * An id alone proves nothing about whose appointment it is: a document about it does, or the patient that comes along from
 * where appointments are kept, for one without any document.
 */
export const appointmentReference: ReferenceResolver = async ({ id, patient }, context) => {
  const ownerId = (patient as { id?: string } | undefined)?.id ?? (await ownerOfAppointment(context, String(id)))
  if (!ownerId) return null
  return mayMeet(context.viewer, ownerId) ? new AppointmentStub(String(id), ownerId) : null
}
