import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { people } from '../../scripts/demonstration/people.ts'
import { recordsThere } from '../partner/records.ts'
import { answering, type Scripted, type ScriptedPartner, startScriptedPartner } from '../partner/scripted-partner.ts'
import { PortalProcess } from '../portal-process.ts'
import { comesHome } from './getting-in.ts'
import type { Person } from './hospital.ts'
import { expect, test as journey } from './journey.ts'

/** The hospital next door does what a journey makes it do. */
let nextDoor: ScriptedPartner

const test = journey.extend({
  portal: [
    async ({ split }, use) => {
      nextDoor = await startScriptedPartner()
      const folder = mkdtempSync(join(tmpdir(), 'portal-partners-'))
      const file = join(folder, 'partners.json')
      const { fhirUrl, tokenUrl } = nextDoor
      const name = 'Royal Free London NHS Foundation Trust'
      const source = { code: 'RAL', name, shortName: 'Royal Free', fhirUrl, tokenUrl, clientId: 'portal' }
      writeFileSync(file, JSON.stringify([source]))
      const settings = { PROXY_HOPS: '1', PARTNER_SOURCES: file, PARTNER_SECRET_RAL: 'between two hospitals' }
      const portal = await PortalProcess.start({ split, settings })
      await use(portal)
      await portal.remove()
      await nextDoor.stop()
      rmSync(folder, { recursive: true })
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

const list = '/letters-and-results'

test(
  'A hospital that is silent, broken or wrong hides nothing of ours, and nobody is told that there is nothing',
  { tag: '@plain' },
  async ({ visitor, portal }) => {
    const amal = people.find(({ hospitalNumber }) => hospitalNumber === 'W100001')
    const person = { mobile: amal?.mobile, bornOn: amal?.born, given: amal?.given[0] } as Person
    const silent = Promise.withResolvers<Scripted>()
    nextDoor.answer = () => silent.promise
    await comesHome(visitor, portal, person)

    await visitor.opens(list)
    // Nothing was ever heard of it: it is called by its whole name.
    await visitor.reads(/We are still waiting for Royal Free .*records\./, 'West Hertfordshire')
    await visitor.follows(/^Show Royal Free .*records$/)
    await visitor.reads('Royal Free records are temporarily unavailable.', 'West Hertfordshire')
    await visitor.opens(`${list}?hospital=RAL&wait=yes`)
    await visitor.reads(
      'Royal Free records are temporarily unavailable.',
      'This does not mean that there are no letters or results.',
    )
    silent.resolve({ status: 500 })

    for (const answer of [{ status: 500 }, { body: '<html>Sorry</html>', headers: { 'content-type': 'text/html' } }]) {
      nextDoor.answer = () => answer
      await visitor.opens(`${list}?wait=yes`)
      await visitor.reads('Royal Free records are temporarily unavailable.', 'West Hertfordshire')
    }

    nextDoor.answer = answering(recordsThere())
    await expect(async () => {
      await visitor.opens(`${list}?hospital=RAL&wait=yes`)
      await visitor.reads('Letter from the eye clinic', 'Clinic letter, Royal Free')
    }).toPass({ timeout: 45_000 })
    nextDoor.answer = () => ({ status: 500 })
    // What was said a moment ago is not asked for again.
    await visitor.opens(`${list}?hospital=RAL&wait=yes`)
    await visitor.reads('Letter from the eye clinic', 'Clinic letter, Royal Free')
  },
)
