import { spread } from '../measure/spread.ts'
import type { PageWeight } from '../whole-machine/page-weight.ts'
import type { WholeMachine } from '../whole-machine/whole-machine.ts'
import { figure, kilobytes, milliseconds, type Table, times, whole } from './table.ts'

/** Start, memory and pages of everything on one machine. */
export const machineTables = (machine: WholeMachine): Table[] => [
  startAndMemory(machine),
  pageAndQuery(machine.pages),
  firstVisit(machine.weights),
]

function startAndMemory({ starts, memory }: WholeMachine): Table {
  const { restMegabytes, mostMegabytes, pagesPerSecond } = memory
  return {
    title: 'Everything on one machine (npm start, built, with its data)',
    heads: ['', 'figure'],
    rows: [
      ['from the command until graph and site are ready, ms', figure(spread(starts.map((it) => it.ready)), whole)],
      ['from the command until the first page is served, ms', figure(spread(starts.map((it) => it.firstPage)), whole)],
      ['memory at rest, MB', whole(restMegabytes)],
      ['memory under load, the most, MB', whole(mostMegabytes)],
      ['home pages a second under that load', whole(pagesPerSecond)],
    ],
  }
}

function pageAndQuery(rounds: WholeMachine['pages']): Table {
  type Read = (round: (typeof rounds)[number]) => number
  const row = (name: string, p50: Read, cpu: Read, unit: (value: number) => string) => [
    name,
    figure(spread(rounds.map(p50)), unit),
    figure(spread(rounds.map(cpu)), unit),
  ]
  return {
    title: 'The home page against its query, one at a time',
    heads: ['', 'p50 ms', 'CPU ms'],
    rows: [
      row(
        'page',
        (it) => it.page.p50,
        (it) => it.page.cpu,
        milliseconds,
      ),
      row(
        'query',
        (it) => it.query.p50,
        (it) => it.query.cpu,
        milliseconds,
      ),
      row(
        'ratio',
        (it) => it.page.p50 / it.query.p50,
        (it) => it.page.cpu / it.query.cpu,
        times,
      ),
    ],
  }
}

const firstVisit = (weights: readonly PageWeight[]): Table => ({
  title: 'What a first visit fetches, KB as they travel',
  heads: ['page', 'HTML', 'CSS', 'JavaScript'],
  rows: weights.map(({ path, html, css, js }) => [path, kilobytes(html), kilobytes(css), kilobytes(js)]),
})
