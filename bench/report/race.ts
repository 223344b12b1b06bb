import { names } from '../contenders/contender.ts'
import type { Round } from '../measure/side-by-side.ts'
import { spread } from '../measure/spread.ts'
import { figure, milliseconds, type Table, times, whole } from './table.ts'

type Race = ReadonlyMap<string, readonly Round[]>

/** What a contender did in a round, and those it is compared with in that round: never across. */
interface Beside {
  readonly own: Round
  readonly stock: Round
  readonly bare: Round
}

interface Column {
  readonly head: string
  readonly unit: (value: number) => string
  of(rounds: Beside): number
}

const columns: readonly Column[] = [
  { head: 'answers a second', unit: whole, of: ({ own }) => own.perSecond },
  { head: 'against stock', unit: times, of: ({ own, stock }) => own.perSecond / stock.perSecond },
  { head: 'CPU ms, gateway', unit: milliseconds, of: ({ own }) => own.frontCpu },
  { head: 'CPU ms, all', unit: milliseconds, of: ({ own }) => own.allCpu },
  { head: 'less CPU than stock', unit: times, of: ({ own, stock }) => stock.allCpu / own.allCpu },
  { head: 'CPU against bare', unit: times, of: ({ own, bare }) => own.allCpu / bare.allCpu },
  { head: 'p50 ms', unit: milliseconds, of: ({ own }) => own.p50 },
  { head: 'p99 ms', unit: milliseconds, of: ({ own }) => own.p99 },
]

/** What each contender did, and its ratios to Apollo's gateway as it comes and to the bare databases, round by round. */
export function raceTable(title: string, race: Race): Table {
  const rows = [...race].map(([name, rounds]) => {
    const all = rounds.map((own, index) => ({
      own,
      stock: roundOf(race, names.stock, index),
      bare: roundOf(race, names.bare, index),
    }))
    return [name, ...columns.map(({ unit, of }) => figure(spread(all.map(of)), unit))]
  })
  return { title, heads: ['', ...columns.map(({ head }) => head)], rows }
}

function roundOf(race: Race, name: string, index: number): Round {
  const round = race.get(name)?.[index]
  if (!round) throw new Error(`${name} had no round ${index + 1}, so nothing can be compared with it`)
  return round
}

/** The home page's query in process, against what its answer costs without a graph. */
export function bareTable(home: Race, aloneCpu: readonly number[]): Table {
  const inProcess = home.get(names.inProcess) ?? []
  const against = (bareCpu: (index: number) => number) =>
    figure(spread(inProcess.map((own, index) => own.allCpu / bareCpu(index))), times)
  const cpu = (of: readonly number[]) => figure(spread(of), milliseconds)
  const bare = inProcess.map((_, index) => roundOf(home, names.bare, index).allCpu)
  return {
    title: "CPU of the home page's query, one answer",
    heads: ['', 'CPU ms', 'in process needs'],
    rows: [
      ['in process: HTTP, session, roles, rows, plan, SQL, JSON', cpu(inProcess.map((it) => it.allCpu)), ''],
      [names.bare, cpu(bare), against((index) => bare[index] ?? Number.NaN)],
      ['bare SQL and JSON, no server', cpu(aloneCpu), against(() => spread(aloneCpu).median)],
    ],
  }
}
