import { setTimeout as pause } from 'node:timers/promises'
import { isRedirect } from '@sveltejs/kit'
import { DocumentFileDocument, ResultFileDocument } from '#lib/graph/index.ts'

/** The file of a document as its page knows it: how large it is, or that it takes long to say; none; or not just now. */
export type KnownFile = { bytes: number | undefined } | 'NONE' | 'AWAY'

/** A file may have to be made, or fetched from another hospital: the words of a letter do not wait for its size. */
const PATIENCE_MS = 500

export const fileOf = ({ graph }: App.Locals, id: string): Promise<KnownFile> =>
  inTime(
    graph.readWithGaps(DocumentFileDocument, { id }).then(({ answer, hasGaps }) => found(answer.document, hasGaps)),
  )

/** The file that came with a result, for staff who decide on it. */
export const fileAtDesk = ({ graph }: App.Locals, id: string): Promise<KnownFile> =>
  inTime(
    graph.readWithGaps(ResultFileDocument, { id }).then(({ answer, hasGaps }) => found(answer.testResult, hasGaps)),
  )

const found = (of: { pdf: { bytes: number } | null } | null, hasGaps: boolean): KnownFile =>
  of?.pdf ?? (hasGaps ? 'AWAY' : 'NONE')

function inTime(asked: Promise<KnownFile>): Promise<KnownFile> {
  const known = asked.catch((problem: unknown) => {
    if (isRedirect(problem)) throw problem
    return 'AWAY' as const
  })
  return Promise.race([known, pause(PATIENCE_MS, { bytes: undefined }, { ref: false })])
}
