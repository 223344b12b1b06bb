import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from './alone.ts'
import { rowsOf } from './rows-of.ts'
import { aPerson, logIn, type World, world } from './world.ts'

describe.each(engines)('a session in use, on %s', (engine) => {
  let portal: World
  beforeAll(async () => {
    portal = await world({ engine })
  })
  afterAll(() => portal.stop())

  const lookedAt = async () => {
    const rows = await rowsOf<{ role: string }>(portal, 'patients', 'select role from audit_entry order by at')
    return rows.map(({ role }) => role)
  }

  it('leaves no row among those of who looked: it is the patient who looks', async () => {
    const token = await logIn(portal, await aPerson(portal))
    const before = await lookedAt()
    expect(before).toContain('SYSTEM')
    for (let page = 0; page < 3; page += 1) {
      portal.clock.pass(5)
      const { data } = await portal.ask(token, '{ me { bornOn } }')
      expect(data?.me).toBeTruthy()
    }
    expect(await lookedAt()).toEqual(before)
  })
})
