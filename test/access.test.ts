import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cast, castOf, worldOfCast } from './access/cast.ts'
import { lookAt } from './access/look.ts'
import { type Actor, actors, fieldsOfContract, readMatrix, type Row, type Way } from './access/matrix.ts'
import { world } from './world.ts'

const rows = readMatrix()
/** A letter about a booking is open from the first, replaced by another and never corrected, and signed by nobody. */
const neverSaid = ['AppointmentLetter', 'AdmissionLetter'].flatMap((type) =>
  ['opensAt', 'correctedAt', 'notice', 'author'].map((field) => `${type}.${field}`),
)
describe('who may see what', () => {
  let cast: Cast
  let looked = 0
  beforeAll(async () => {
    cast = await castOf(await world(worldOfCast))
  })
  afterAll(() => cast.stop())

  it('is written down for every field of the contract, and for nothing else', () => {
    const fields = fieldsOfContract()
    expect(rows.map(({ field }) => field).sort()).toEqual([...fields.keys()].sort())
    const received = [...fields].flatMap(([field, places]) => places.filter((it) => it.isExternal).map(() => field))
    expect([...new Set(received)]).toEqual(['Patient.grant', 'Appointment.startsAt', 'Appointment.patient'])
  })

  it('shows each field to somebody: a row of refusals alone would prove nothing', () => {
    const seen = ({ expected }: Row) => actors.some((it) => expected[it] === 'shown' || expected[it] === 'noted')
    const never = rows.filter((row) => !seen(row)).map(({ field }) => field)
    expect(never).toEqual(neverSaid)
  })

  // A code that was sent is wiped: these are looked at when the inbox is closed.
  const isOfCode = ({ field }: Row) => field.startsWith('LoginCode.') || field === 'Query.loginCode'
  const ways = actors.flatMap((actor): [Actor, Way][] =>
    actor === 'gateway'
      ? [[actor, 'at the subgraph']]
      : [
          [actor, 'through the gateway'],
          [actor, 'at the subgraph'],
        ],
  )

  it.each(ways)('is so for %s, %s', { timeout: 180_000 }, async (actor, way) => {
    const some = rows.filter((row) => !isOfCode(row))
    looked += some.length
    expect(await lookAt(cast, some, actor, way)).toEqual([])
  })

  it('is so for codes that wait to be sent', { timeout: 60_000 }, async () => {
    await cast.portal.inbox.stop()
    for (const [actor, way] of ways) {
      const some = rows.filter(isOfCode)
      looked += some.length
      expect(await lookAt(cast, some, actor, way)).toEqual([])
    }
  })

  it('was looked at in every row, for every actor, by both ways in', () => {
    expect(looked).toBe(rows.length * (actors.length * 2 - 1))
  })
})
