import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anyAuditKey, staff } from './alone.ts'
import { behind, type Behind } from './behind.ts'
import { appointments } from '../subgraphs/appointments/main.ts'
import { AuditOfRequest } from '../subgraphs/runtime/audit.ts'
import type { Context } from '../subgraphs/runtime/context.ts'
import { idempotent } from '../subgraphs/runtime/idempotency.ts'

let place: Behind
beforeAll(async () => {
  place = await behind(appointments)
  await place.sql('create table promise (code text references clinic (code) deferrable initially deferred)')
})
afterAll(() => place.stop())

const rowsOf = (id: string) =>
  place.sql('select things from audit_entry where patient_id = ? order by sequence', id).then((rows) => rows.length)

class Done {}

it('writes again what went with a transaction that did not come about', async () => {
  const [seenBefore, changed] = [randomUUID(), randomUUID()]
  const key = { subgraph: 'appointments', key: anyAuditKey }
  const audit = new AuditOfRequest({
    viewer: staff,
    clock: place.clock,
    requestId: randomUUID(),
    operation: 'Acts',
    key,
  })
  const context = { em: place.fork(), clock: place.clock, viewer: staff, audit } as unknown as Context
  // One field of the request was answered already, and leaves the subgraph whatever comes of the next.
  audit.note(seenBefore, 'Appointment')
  const input = { idempotencyKey: randomUUID() }
  const act = async ({ em }: Context) => {
    audit.note(changed, 'Appointment')
    // Looked at when the transaction ends, after all that was written in it.
    await em.execute(`insert into promise values ('nowhere')`)
    return new Done()
  }
  await expect(idempotent(context, input, act)).rejects.toThrow('FOREIGN KEY')
  expect([await rowsOf(seenBefore), await rowsOf(changed)]).toEqual([0, 0])
  await audit.write(context.em)
  expect([await rowsOf(seenBefore), await rowsOf(changed)]).toEqual([1, 1])
})
