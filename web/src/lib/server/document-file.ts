import { setTimeout as pause } from 'node:timers/promises'
import { isRedirect } from '@sveltejs/kit'
import { DocumentFileDocument, ResultFileDocument } from '#lib/graph/index.ts'

/** The file of a document as its page knows it: how large it is, when that is known before it is made or fetched; none; or not just now. */
export type KnownFile = { bytes: number | null } | 'NONE' | 'AWAY'

/** Another hospital may have to be asked: the words of a letter do not wait for that. */
const PATIENCE_MS = 500

/** What the page is asked with that somebody is led back to who could not have the file. */
export const FILE_IS_AWAY = '?file=away'

export const fileOf = async ({ graph }: App.Locals, id: string, url: URL): Promise<KnownFile> => {
  if (url.search === FILE_IS_AWAY) return 'AWAY'
  return inTime(
    graph.readWithGaps(DocumentFileDocument, { id }).then(({ answer, hasGaps }) => found(answer.document, hasGaps)),
  )
}

/** The file that came with a result, for staff who decide on it. */
export const fileAtDesk = async ({ graph }: App.Locals, id: string, url: URL): Promise<KnownFile> => {
  if (url.search === FILE_IS_AWAY) return 'AWAY'
  return inTime(
    graph.readWithGaps(ResultFileDocument, { id }).then(({ answer, hasGaps }) => found(answer.testResult, hasGaps)),
  )
}

const found = (of: { pdf: { bytes: number | null } | null } | null, hasGaps: boolean): KnownFile =>
  of?.pdf ?? (hasGaps ? 'AWAY' : 'NONE')

function inTime(asked: Promise<KnownFile>): Promise<KnownFile> {
  const known = asked.catch((problem: unknown) => {
    if (isRedirect(problem)) throw problem
    return 'AWAY' as const
  })
  return Promise.race([known, pause(PATIENCE_MS, { bytes: null }, { ref: false })])
}
