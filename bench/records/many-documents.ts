import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Contender } from '../contenders/contender.ts'
import { startInProcess } from '../contenders/one-process.ts'
import type { Ask } from '../load/load.ts'
import { type Round, sideBySide } from '../measure/side-by-side.ts'
import { operation } from '../operations.ts'
import type { Plan } from '../plan.ts'
import type { Person } from '../world/copies.ts'
import type { World } from '../world/world.ts'

export const few = 100
export const many = 10_000

/** What the site asks of a patient's letters and results. */
export interface Question {
  readonly words: string
  readonly name: string
  readonly variables: object
  /** What a right answer holds. */
  readonly holding: string
}

const own = { trustCode: 'RWG' }
const questions: readonly Question[] = [
  {
    words: 'the newest twenty',
    name: 'Documents',
    variables: { filter: own, counted: false },
    holding: '"hasNextPage":true',
  },
  {
    words: 'the unread ones and how many',
    name: 'UnreadDocuments',
    variables: { filter: { ...own, unread: true } },
    holding: '"totalCount":',
  },
]

/** Each question, asked for somebody with few documents and for somebody with many, of the same process in turn. */
export async function manyDocuments(world: World, plan: Plan): Promise<Map<Question, Map<string, Round[]>>> {
  const folder = world.copy('documents')
  const [withFew, withMany] = world.people
  if (!withFew || !withMany) throw new Error('the world has nobody in it')
  giveDocuments(folder, withFew, few)
  giveDocuments(folder, withMany, many)
  const graph = await startInProcess(folder)
  try {
    const races = new Map<Question, Map<string, Round[]>>()
    for (const question of questions) races.set(question, await race(graph, question, withFew, withMany, plan))
    return races
  } finally {
    await graph.stop()
  }
}

function race(graph: Contender, question: Question, withFew: Person, withMany: Person, plan: Plan) {
  const contenders = [named(graph, few), named(graph, many)]
  const asksOf = ({ name }: Contender) => [ask(question, name === nameOf(few) ? withFew : withMany)]
  return sideBySide({ contenders, asksOf }, plan)
}

export const nameOf = (documents: number) => `somebody with ${documents.toLocaleString('en-GB')} documents`
const named = (graph: Contender, documents: number): Contender => ({ ...graph, name: nameOf(documents) })

const ask = ({ name, variables, holding }: Question, { token }: Person): Ask => ({
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  body: JSON.stringify({ query: operation(name), operationName: name, variables }),
  answer: { holding },
})

/** So many letters and results in all: the person's own letter and result again and again, an hour between them. */
function giveDocuments(folder: string, { id }: Person, documents: number): void {
  const database = new Sqlite(join(folder, 'documents.db'))
  try {
    const columns = database.prepare(`select name from pragma_table_info('document')`).pluck().all() as string[]
    const count = (sql: string) => Number(database.prepare(sql).pluck().get(id))
    const there = count('select count(*) from document where patient_id = ?')
    const forms = count(`select count(*) from document where patient_id = ? and form <> 'BOOKING_LETTER'`)
    const each = Math.ceil((documents - there) / forms)
    const changed: Record<string, string> = {
      id: `"id" || '-copy-' || copies.n`,
      hospital_id: `"hospital_id" || '-copy-' || copies.n`,
      written_at: '"written_at" - copies.n * 3600000',
    }
    database.exec(`
      with recursive copies(n) as (select 1 union all select n + 1 from copies where n < ${each})
      insert into document (${columns.map((it) => `"${it}"`).join(', ')})
      select ${columns.map((it) => changed[it] ?? `"${it}"`).join(', ')}
      from (select * from document where patient_id = '${id}' and form <> 'BOOKING_LETTER'), copies limit ${documents - there}`)
    const has = count('select count(*) from document where patient_id = ?')
    if (has !== documents) throw new Error(`there should be ${documents} documents (there are ${has})`)
  } finally {
    database.close()
  }
}
