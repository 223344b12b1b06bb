import { VisitsOfPatientDocument } from '../../client/main.ts'
import { clinicCodesOfVisit } from '../reading/clinic-of-visit.ts'
import type { Errand } from './intake.ts'
import type { Whose } from './record-person.ts'

/** Where a result or letter belongs. */
export interface DocumentPlace {
  clinicCodes?: string[]
  appointmentId?: string
}

/** The clinic's codes of PV1, and the appointment or stay, when the visit (PV1-19) is one of this patient's that the portal knows. */
export async function placeOf(errand: Errand, { patientId }: Whose): Promise<DocumentPlace> {
  const clinicCodes = clinicCodesOfVisit(errand.message)
  const appointmentId = await appointmentOf(errand, patientId)
  return { ...(clinicCodes.length > 0 && { clinicCodes }), ...(appointmentId !== undefined && { appointmentId }) }
}

async function appointmentOf({ intake, message, signal, requestId }: Errand, id: string): Promise<string | undefined> {
  const visit = message.segment('PV1')?.text(19)
  if (visit === undefined) return undefined
  const { patient } = await intake.graph.read(VisitsOfPatientDocument, { id }, { signal, requestId })
  const visits = [...(patient?.upcoming.nodes ?? []), ...(patient?.past.nodes ?? [])]
  return visits.find(({ hospitalId }) => hospitalId === visit)?.id
}
