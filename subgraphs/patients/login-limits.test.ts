import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines } from '../../test/alone.ts'
import { FakeClock } from '../../test/clock.ts'
import { finishLogin, startLogin } from '../../test/people.ts'
import { PatientKeys } from './keys.ts'
import { patients } from './main.ts'

const extra = { keys: new PatientKeys(Buffer.alloc(32, 7)), demonstration: false }
const bornOn = '1984-03-09'

describe.each(engines)('wrong codes of everybody together, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
  })
  afterAll(() => portal.stop())

  const alarms = () => portal.lines.filter((it) => it.includes('"alarm":"login"'))

  it('sound the alarm once, at the 200th of an hour, and slow each address down until the hour is over', async () => {
    const tries = await Promise.all(
      Array.from({ length: 40 }, (_, it) => startLogin(portal, { contact: `0770091${1000 + it}`, bornOn })),
    )
    const guess = ({ challengeId }: { challengeId: string }) => finishLogin(portal, { challengeId, code: '000000' })
    for (let round = 0; round < 4; round += 1) await Promise.all(tries.map(guess))
    const [last, ...others] = tries
    await Promise.all(others.map(guess))
    await startLogin(portal, { contact: '07700910099', bornOn }, 'one address')
    expect(alarms()).toEqual([])

    if (last) await guess(last)
    expect(alarms()).toHaveLength(1)
    await expect(startLogin(portal, { contact: '07700910098', bornOn }, 'one address')).rejects.toThrow('RATE_LIMITED')

    clock.pass(60 * 60)
    await startLogin(portal, { contact: '07700910098', bornOn }, 'one address')
    await startLogin(portal, { contact: '07700910097', bornOn }, 'one address')
  }, 60_000)
})
