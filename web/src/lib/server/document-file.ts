import { setTimeout as pause } from 'node:timers/promises'
import { isRedirect } from '@sveltejs/kit'
import { DocumentFileDocument } from '#lib/graph/index.ts'

/** The file of a document as its page knows it: how large it is, or that it takes long to say; none; or not just now. */
export type KnownFile = { bytes: number | undefined } | 'NONE' | 'AWAY'

/** A file may have to be made, or fetched from another hospital: the words of a letter do not wait for its size. */
const PATIENCE_MS = 500

export async function fileOf({ graph }: App.Locals, id: string): Promise<KnownFile> {
  const asked = graph.readWithGaps(DocumentFileDocument, { id })
  const known = asked.then(
    ({ answer, hasGaps }) => answer.document?.pdf ?? (hasGaps ? 'AWAY' : 'NONE'),
    (problem: unknown) => {
      if (isRedirect(problem)) throw problem
      return 'AWAY' as const
    },
  )
  return Promise.race([known, pause(PATIENCE_MS, { bytes: undefined }, { ref: false })])
}
