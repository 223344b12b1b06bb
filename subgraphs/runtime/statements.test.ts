import { beforeEach, expect, it } from 'vitest'
import { keepStatements } from './statements.ts'

let read: string[]
let database: { prepare(sql: string): { sql: string } }

beforeEach(() => {
  read = []
  database = {
    prepare(sql) {
      read.push(sql)
      return { sql }
    },
  }
  keepStatements(database)
})

it('reads a statement once, however often it is run', () => {
  const first = database.prepare('select 1')
  expect(database.prepare('select 1')).toBe(first)
  expect(database.prepare('select 2')).not.toBe(first)
  expect(read).toEqual(['select 1', 'select 2'])
})

it('lets go of the one that was not used for longest, so that memory stays bounded', () => {
  for (let number = 1; number <= 500; number += 1) database.prepare(`select ${number}`)
  database.prepare('select 1')
  database.prepare('select 501')
  read = []
  database.prepare('select 1')
  database.prepare('select 2')
  expect(read).toEqual(['select 2'])
})
