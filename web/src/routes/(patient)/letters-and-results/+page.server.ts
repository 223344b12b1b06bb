import { DocumentsDocument, type DocumentsQuery } from '#lib/graph/index.ts'
import { knownSources, rememberSources } from '#lib/server/known-sources.ts'
import { type OwnOrMerged, ownOrMerged, PATIENCE_MS } from '#lib/server/own-and-merged.ts'
import { monthAndYear } from '#lib/words/dates.ts'
import type { PageServerLoad } from './$types'
import {
  type ChosenFilter,
  chosenFilter,
  filterFor,
  isNarrowed,
  listAddress,
  searchProblems,
} from './document-filter.ts'
import { isShown, isWhole, noticesOf } from './notices.ts'

type Connection = DocumentsQuery['documents']

/** Longer than the graph takes before it gives up by itself. */
const HOWEVER_LONG_IT_TAKES_MS = 12_000

export const load: PageServerLoad = async ({ locals, url }) => {
  const chosen = chosenFilter(url.searchParams)
  const trust = await locals.trust()
  const narrowed = isNarrowed(chosen)
  const problems = searchProblems(chosen)
  if (problems.length > 0)
    return { chosen, problems, narrowed, hospitals: knownSources(locals.visit.settings), list: undefined }

  const after = url.searchParams.get('after')
  const patience = url.searchParams.get('wait') === 'yes' ? HOWEVER_LONG_IT_TAKES_MS : PATIENCE_MS
  const { answer, without } = await askFor(locals, chosen, { after, own: trust.odsCode, patience })
  if (answer && answer.sources.length > 1) rememberSources(locals.visit.settings, answer.sources)
  const hospitals = knownSources(locals.visit.settings)
  const seen = { sources: answer?.sources ?? [], without, hospitals, partnerNames: trust.partnerNames }
  return {
    chosen,
    problems,
    narrowed,
    hospitals,
    list: {
      months: [...Map.groupBy(answer?.nodes ?? [], ({ writtenAt }) => monthAndYear(writtenAt))],
      totalCount: answer?.totalCount,
      continued: after !== null,
      whole: isWhole(seen),
      looked: seen.sources.some(isShown),
      notices: noticesOf(seen, chosen, after),
      older: olderAddress(chosen, answer, without === undefined ? chosen.hospital : trust.odsCode),
    },
  }
}

/** A partner hospital may let people wait: its records are a question of their own, beside the one for the own records. */
async function askFor(
  { graph }: App.Locals,
  chosen: ChosenFilter,
  { after, own, patience }: { after: string | null; own: string; patience: number },
): Promise<OwnOrMerged<Connection | undefined>> {
  const ask = async (hospital: string): Promise<Connection | undefined> => {
    const filter = filterFor({ ...chosen, hospital })
    return (await graph.read(DocumentsDocument, { filter, after, counted: isNarrowed(chosen) })).documents
  }
  if (chosen.hospital === own) return { answer: await ask(own) }
  const withoutOthers = chosen.hospital === '' ? ask(own) : Promise.resolve(undefined)
  return ownOrMerged(withoutOthers, ask(chosen.hospital), patience)
}

/** A list that goes on goes on with the hospitals it began with: newer records of another would be passed over. */
function olderAddress(chosen: ChosenFilter, answer: Connection | undefined, hospital: string): string | undefined {
  const cursor = answer?.pageInfo.hasNextPage ? answer.pageInfo.endCursor : null
  return cursor ? listAddress(chosen, { hospital, after: cursor }) : undefined
}
