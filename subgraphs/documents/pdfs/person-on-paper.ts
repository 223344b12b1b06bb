import { unavailable } from '../../runtime/graph-error.ts'
import { kindOf } from '../../runtime/log.ts'
import type { DocumentsContext } from '../context.ts'
import { PersonOnPaperDocument } from '../graph/index.ts'
import type { PersonOnPaper } from './rendering/printable.ts'

/**
 * Whose a document is, as the record says now: of a record that was merged into another, in the words of that one. It is asked
 * for every file anew and kept nowhere, so that no paper bears another's name. Paper without a name gets mixed up: without
 * one there is no file.
 */
export async function personOnPaper({ graph, log }: DocumentsContext, patientId: string): Promise<PersonOnPaper> {
  const { patient } = await graph.ask(PersonOnPaperDocument, { patientId }).catch((error: unknown) => {
    log.warn({ ...kindOf(error) }, 'a PDF was not made: whose it is could not be asked')
    throw unavailable(away)
  })
  if (!patient?.name.full.trim()) throw unavailable(away)
  const { name, bornOn, nhsNumber, hospitalNumber } = patient
  return { name: name.full, bornOn, nhsNumber, hospitalNumber }
}

const away =
  'This PDF cannot be made at the moment, because the name that must stand on it could not be found. Try again in a few minutes.'
