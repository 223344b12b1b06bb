import type { ReferenceResolver } from '../runtime/federate.ts'
import { personById } from './merge/records-of-person.ts'

/** A person named by another subgraph, by any id their record has had: one of the viewer's rows, or nothing. */
export const patientReference: ReferenceResolver = ({ id }, context) => personById(context, String(id))
