import { names } from '../contenders/contender.ts'
import type { Round } from '../measure/side-by-side.ts'
import { spread } from '../measure/spread.ts'
import { figure, milliseconds, type Table, times, whole } from './table.ts'

const heads = [
  '',
  'answers a second',
  'against stock',
  'CPU ms, gateway',
  'CPU ms, all',
  'less CPU than stock',
  'p50 ms',
  'p99 ms',
]

/** What each contender did, and its ratio to Apollo's gateway as it comes, round by round. */
export function raceTable(title: string, race: ReadonlyMap<string, readonly Round[]>): Table {
  const stock = race.get(names.stock) ?? []
  const rows = [...race].map(([name, rounds]) => {
    const of = (read: (round: Round) => number) => spread(rounds.map(read))
    return [
      name,
      figure(
        of((it) => it.perSecond),
        whole,
      ),
      figure(
        ratio(rounds, stock, (own, other) => own.perSecond / other.perSecond),
        times,
      ),
      figure(
        of((it) => it.frontCpu),
        milliseconds,
      ),
      figure(
        of((it) => it.allCpu),
        milliseconds,
      ),
      figure(
        ratio(rounds, stock, (own, other) => other.allCpu / own.allCpu),
        times,
      ),
      figure(
        of((it) => it.p50),
        milliseconds,
      ),
      figure(
        of((it) => it.p99),
        milliseconds,
      ),
    ]
  })
  return { title, heads, rows }
}

/** Two contenders are compared within a round, never across. */
function ratio(own: readonly Round[], other: readonly Round[], of: (own: Round, other: Round) => number) {
  return spread(
    own.flatMap((round, index) => {
      const beside = other[index]
      return beside ? [of(round, beside)] : []
    }),
  )
}

/** The home page's query in process, against what its answer costs without a graph. */
export function bareTable(home: ReadonlyMap<string, readonly Round[]>, aloneCpu: readonly number[]): Table {
  const whole = home.get(names.inProcess) ?? []
  const bare = home.get(names.bare) ?? []
  const alone = spread(aloneCpu)
  const inProcess = spread(whole.map((it) => it.allCpu))
  return {
    title: "CPU of the home page's query, one answer",
    heads: ['', 'CPU ms', 'in process needs'],
    rows: [
      ['in process: HTTP, session, roles, rows, plan, SQL, JSON', figure(inProcess, milliseconds), ''],
      [
        names.bare,
        figure(spread(bare.map((it) => it.allCpu)), milliseconds),
        figure(
          ratio(whole, bare, (own, other) => own.allCpu / other.allCpu),
          times,
        ),
      ],
      ['bare SQL and JSON, no server', figure(alone, milliseconds), times(inProcess.median / alone.median)],
    ],
  }
}
