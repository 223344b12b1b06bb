import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { anyAuditKey, anySharingKey, engines } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { aPostgresDatabase } from '../../../test/postgres.ts'
import { openDatabase } from '../../runtime/database.ts'
import { firstStep } from '../../runtime/migrations/first-step.ts'
import { startSubgraph } from '../../runtime/subgraph.ts'
import type { SubgraphCall } from '../../runtime/transport.ts'
import { readTrust } from '../../runtime/trust.ts'
import { systemViewer } from '../../runtime/viewer.ts'
import { appointments } from '../main.ts'
import { firstAppointmentsStep } from './first-step.ts'
import { secondAppointmentsStep } from './second-step.ts'

it.each(engines)('tells of every clinic of before once, and which are kept out, on %s', async (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'clinics-'))
  const database = { folder, ...(engine === 'postgresql' && { url: await aPostgresDatabase() }) }
  const { entities, policy } = appointments
  const steps = [firstStep, firstAppointmentsStep, secondAppointmentsStep]
  const before = await openDatabase({ name: 'appointments', ...database }, { entities: [...entities], policy, steps })
  const old = before.forkFor(systemViewer('appointments')).getConnection()
  for (const [code, excluded] of [
    ['DERM', false],
    ['GUM', true],
  ])
    await old.execute(
      `insert into clinic (code, name, specialty, mode, medium, appointment_minutes, what_to_bring, preparation, excluded) values ('${code}', 'A clinic', 'A specialty', 'DIRECT', 'PHONE', 30, '[]', '[]', ${excluded})`,
    )
  await before.close()

  const heard: string[] = []
  const listener = ({ variables }: SubgraphCall) => {
    const { kind, ids } = variables?.input as { kind: string; ids: { id: string }[] }
    heard.push(`${kind} ${ids.map(({ id }) => id).join()}`)
    return Promise.resolve({ data: { receiveEvent: { id: 'heard' } } })
  }
  const silent = () => undefined
  for (let start = 0; start < 2; start += 1) {
    const subgraph = await startSubgraph(appointments, {
      database,
      clock: new FakeClock('2099-01-01T10:00:00Z'),
      trust: readTrust('west-herts'),
      log: { info: silent, warn: silent, error: silent },
      graph: { ask: () => Promise.reject(new Error('nobody is asked')) },
      sharingKey: anySharingKey,
      auditKey: anyAuditKey,
      subscribers: { documents: listener, messages: listener },
      extra: {},
    })
    await subgraph.settle()
    await subgraph.stop()
  }
  expect(heard.sort()).toEqual(['clinic.excluded GUM', 'clinic.included DERM'])
})
