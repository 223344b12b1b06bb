/**
 * npm run bench [-- --quick] [--markdown]
 *
 * Measures the portal beside Apollo's gateway as it comes, and beside the bare databases, in one run. Figures of different
 * runs or machines cannot be compared, the ratios in one run can: each contender has its turn in each round, and a ratio is
 * taken within a round. Printed is the median of the rounds, with the least and the most.
 *
 * - The home page's query, a reschedule to a free time and an accept, as the site sends them, by 2,000 people who are
 *   logged in, over 16 connections: everything in one process; every subgraph in its own; @apollo/gateway in
 *   @apollo/server, unchanged, before those same subgraphs; and the bare databases: the same statements in the same
 *   transaction, JSON and node:http. All of a contender shares one core, the load has another. Every answer is compared
 *   byte for byte; one wrong answer ends the run. Every reschedule and accept is the first of its appointment.
 * - The CPU of each beside that of the bare databases. What a reschedule leads to (events heard, texts, audit) is under way
 *   meanwhile and counted as far as it gets, and once more held back, so that the transaction is compared with itself. A
 *   turn starts when nothing of the turn before is left.
 * - Everything on one machine, as `npm start` runs it: time to start, memory, the home page beside its query, and the
 *   bytes of a first visit.
 * - Letters and results: what the site asks for somebody with 10,000 of them beside somebody with 100, and the page while a
 *   partner hospital is down beside the page without a partner.
 *
 * The portal is measured as it is built, with its log silent and its limit of requests a second off.
 */
import { endLoads } from './load/driver.ts'
import { describeMachine, mustBeLinux } from './machine.ts'
import { readPlan } from './plan.ts'
import { races } from './races.ts'
import { manyDocuments } from './records/many-documents.ts'
import { partnerDown } from './records/partner-down.ts'
import { machineTables } from './report/machine.ts'
import { bareTable, raceTable } from './report/race.ts'
import { manyDocumentsTable, partnerDownTable } from './report/records.ts'
import { asMarkdown, asText } from './report/table.ts'
import { wholeMachine } from './whole-machine/whole-machine.ts'
import { makeWorld } from './world/world.ts'

const say = (words: string) => process.stderr.write(`${words}\n`)

async function bench(): Promise<void> {
  mustBeLinux()
  const plan = readPlan(process.argv.slice(2))
  say('Making a hospital of 2,000 people with 10 appointments each, and as many free times')
  const world = await makeWorld()
  try {
    say('Asking for the home page, rescheduling and accepting appointments')
    const { home, reschedule, accept, aloneCpu } = await races(world, plan)
    say('Starting everything on one machine')
    const machine = await wholeMachine(world, plan)
    say('Asking for letters and results: of few and of many, and while a partner is down')
    const documents = await manyDocuments(world, plan)
    const partner = await partnerDown(world, plan)
    const tables = [
      raceTable("The home page's query", home),
      raceTable('A reschedule', reschedule),
      raceTable('An accept', accept),
      bareTable(home, aloneCpu),
      ...machineTables(machine),
      manyDocumentsTable(documents),
      partnerDownTable(partner),
    ]
    const print = plan.markdown ? asMarkdown : asText
    process.stdout.write(`${describeMachine()}\n\n${tables.map(print).join('\n')}`)
  } finally {
    endLoads()
    world.remove()
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

bench().then(
  () => process.exit(0),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
