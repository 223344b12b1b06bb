import { error, redirect } from '@sveltejs/kit'
import { ResultAtDeskDocument, type ResultAtDeskFragment } from '#lib/graph/index.ts'
import { found } from './found.ts'

/** A result of our own hospital: a partner's is released by the partner, and nobody decides on it here. */
export type ResultAtDesk = ResultAtDeskFragment & {
  release: NonNullable<ResultAtDeskFragment['release']>
  patient: NonNullable<ResultAtDeskFragment['patient']>
}

/** What can be done with a result as it stands. */
export interface ResultChoices {
  readonly release: boolean
  readonly hold: boolean
  readonly takeBack: boolean
}

/** A result that staff decide on, and how long the trust lets reports wait. */
export async function resultAtDesk({ graph }: App.Locals, id: string) {
  const { testResult, trust } = await graph.read(ResultAtDeskDocument, { id })
  const result = found(testResult)
  const { release, patient } = result
  if (!release || !patient) error(404, 'Not found')
  return { result: { ...result, release, patient }, releaseDays: trust.resultReleaseDays }
}

/** What is offered. The graph has the last word: a page can be old when its button is pressed. */
export function choicesFor({ state, status, release }: ResultAtDesk): ResultChoices {
  const waits = state === 'WAITING'
  return {
    release: waits && (status === 'FINAL' || status === 'CORRECTED'),
    // What never opens by itself needs no holding.
    hold: waits && release.opensAt !== null,
    takeBack: state === 'READY',
  }
}

/** The version of the result that somebody read before they chose what to do: how many steps its release had seen. */
export function stepsSeen(url: URL): number {
  const steps = Number(url.searchParams.get('steps'))
  return Number.isInteger(steps) ? steps : 0
}

/**
 * The result as somebody read it who now wants to do something with it. When it has changed since, or this can no longer
 * be done, they are led back to read it again; who has just sent the form stays, to be told what became of it.
 */
export async function resultAsSeen(
  locals: App.Locals,
  { id, url, method, choice }: { id: string; url: URL; method: string; choice: keyof ResultChoices },
) {
  const shown = await resultAtDesk(locals, id)
  const stale = stepsSeen(url) !== shown.result.release.steps.length
  if (method === 'GET' && (stale || !choicesFor(shown.result)[choice]))
    redirect(303, `/desk/results/${encodeURIComponent(id)}${stale ? '?changed' : ''}`)
  return { ...shown, steps: stepsSeen(url) }
}
