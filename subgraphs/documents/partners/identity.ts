import type { DocumentsContext } from '../context.ts'
import { PersonForPartnersDocument } from '../graph/index.ts'

/** By what a partner knows a person. Both must be theirs. */
export interface Identity {
  readonly nhsNumber: string
  readonly bornOn: string
}

/** By what partners know the patient who asks: as the record is by now. Null when it has no NHS number. */
export function identityOf(context: DocumentsContext, patientId: string): Promise<Identity | null> {
  const known = asked.get(context) ?? ask(context, patientId)
  asked.set(context, known)
  return known
}

/** Asked once for a request. */
const asked = new WeakMap<DocumentsContext, Promise<Identity | null>>()

async function ask({ graph }: DocumentsContext, patientId: string): Promise<Identity | null> {
  const { patient } = await graph.ask(PersonForPartnersDocument, { patientId })
  return patient?.nhsNumber ? { nhsNumber: patient.nhsNumber, bornOn: patient.bornOn } : null
}
