import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import { aPostgresDatabase } from '../../../test/postgres.ts'
import { openDatabase } from '../../runtime/database.ts'
import type { SchemaStep } from '../../runtime/migration.ts'
import { systemViewer } from '../../runtime/viewer.ts'
import { MessageKind, OutgoingMessage } from '../outgoing-message.entity.ts'
import { policy } from '../policy.ts'
import { firstMessagesStep } from './first-step.ts'
import { secondMessagesStep } from './second-step.ts'

const waiting = (id: string, kind: MessageKind, urgent: boolean, parameters: object) =>
  `insert into "outgoing_message" ("id", "dedupe_key", "kind", "channel", "to", "parameters", "reference", "urgent", "expires_at", "created_at")
   values ('${id}', '${id}', '${kind}', 'TEXT', '+447700900123', '${JSON.stringify(parameters)}', '${id}', ${urgent}, '2026-06-02', '2026-06-01')`

it.each(engines)(
  'keeps what waited when the portal was updated: codes go at night, and others wait, on %s',
  async (engine) => {
    const folder = mkdtempSync(join(tmpdir(), 'messages-'))
    const settings = { name: 'messages', folder, ...(engine === 'postgresql' && { url: await aPostgresDatabase() }) }
    const opened = async (steps: SchemaStep[]) => {
      const database = await openDatabase(settings, { entities: [OutgoingMessage], policy, steps })
      return { database, em: database.forkFor(systemViewer('messages')) }
    }
    const before = await opened([firstMessagesStep])
    const old = before.em.getConnection()
    await old.execute(waiting('code', MessageKind.LOGIN_CODE, true, { challengeId: 'challenge-1' }))
    await old.execute(waiting('notice', MessageKind.APPOINTMENT_BOOKED, false, { appointmentId: 'appointment-1' }))
    await before.database.close()

    const after = await opened([firstMessagesStep, secondMessagesStep])
    expect(await after.em.find(OutgoingMessage, {}, { orderBy: { id: 'asc' } })).toMatchObject([
      { id: 'code', evenAtNight: true, appointmentId: null },
      { id: 'notice', evenAtNight: false, appointmentId: 'appointment-1', appointmentVersion: null },
    ])
    await after.database.close()
  },
)
