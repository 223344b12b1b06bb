import type { Round } from '../measure/side-by-side.ts'
import { spread } from '../measure/spread.ts'
import { few, many, nameOf, type Question } from '../records/many-documents.ts'
import { type PageTimes, partnerStates } from '../records/partner-down.ts'
import { figure, milliseconds, type Table, times } from './table.ts'

/** What many documents cost beside few, each ratio within a round. */
export function manyDocumentsTable(races: ReadonlyMap<Question, ReadonlyMap<string, readonly Round[]>>): Table {
  const rows = [...races].map(([{ words }, race]) => {
    const [short, long] = [race.get(nameOf(few)) ?? [], race.get(nameOf(many)) ?? []]
    const ratio = (of: (round: Round) => number) =>
      figure(spread(long.map((round, index) => of(round) / of(short[index] ?? round))), times)
    const p50 = (rounds: readonly Round[]) => figure(spread(rounds.map((it) => it.p50)), milliseconds)
    return [words, p50(short), p50(long), ratio((it) => it.p50), ratio((it) => it.allCpu)]
  })
  const counts = [few, many].map((count) => `p50 ms, ${count.toLocaleString('en-GB')}`)
  return { title: 'Letters and results of one person, by how many', heads: ['', ...counts, 'p50', 'CPU'], rows }
}

/** The page while a partner is down, beside the page without one. */
export function partnerDownTable(pages: PageTimes): Table {
  const without = pages.get('no partner') ?? []
  const rows = partnerStates.map((state) => {
    const own = pages.get(state) ?? []
    const ratio = spread(own.map((p50, index) => p50 / (without[index] ?? Number.NaN)))
    return [state, figure(spread(own), milliseconds), figure(ratio, times)]
  })
  return { title: 'The page of letters and results', heads: ['', 'p50 ms', 'against no partner'], rows }
}
