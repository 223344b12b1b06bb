import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Answer } from '../hl7/acknowledgement.ts'
import { openReceiver, type PortalMessage, type Receiver } from '../hospital/receiver.ts'
import { startFeeds } from '../main.ts'
import { certificateFor } from '../testing/certificate.ts'
import { feedsWithPortal, today } from '../testing/feeds-with-portal.ts'
import { blockOf } from '../mllp/framing.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

type Say = (message: PortalMessage) => Answer | undefined | Promise<Answer | undefined>

/** A hospital that answers as it is told, and what it heard. */
async function aHospital(say: Say = () => ({ code: 'AA' }), more: Partial<Parameters<typeof openReceiver>[0]> = {}) {
  const heard: PortalMessage[] = []
  const answered = (message: PortalMessage) => void heard.push(message)
  const receiver = await openReceiver({ host: '127.0.0.1', port: 0, now: () => today, answer: say, answered, ...more })
  stops.push(() => receiver.stop())
  return { receiver, heard, ids: () => heard.map(({ controlId }) => controlId) }
}

const writeBackTo = (port: number, answerMs = 300) => ({
  hospital: { host: '127.0.0.1', port },
  application: 'PAS',
  processingId: 'T' as const,
  answerMs,
})

/** Feeds that tell this hospital. */
async function telling({ port }: Pick<Receiver, 'port'>, answerMs?: number) {
  const scene = await feedsWithPortal({ everyMs: 20, writeBack: writeBackTo(port, answerMs) })
  stops.push(() => scene.stop())
  const settled = (index = 0) =>
    expect.poll(() => scene.portal.notices.all[index]?.status, { timeout: 5_000 }).not.toBe('WAITING')
  const tries = (count: number, index = 0) =>
    expect.poll(() => scene.portal.notices.all[index]?.answers.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(count)
  return { ...scene, notices: scene.portal.notices, settled, tries }
}

/** Something that listens, and answers whatever bytes it is told, or hangs up. */
async function aStranger(bytes: (text: string) => Buffer | undefined): Promise<{ port: number }> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (chunk: Buffer) => {
      const answer = bytes(chunk.toString())
      if (answer) socket.write(answer)
      else socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => new Promise((resolve) => server.close(resolve)))
  return { port: (server.address() as AddressInfo).port }
}
const ack = (msa: string) => blockOf(`MSH|^~\\&|PAS|RWG|PORTAL|RWG|20261122||ACK|A-1|P|2.4\r${msa}\r`)

describe('what a patient did', () => {
  it('is told once, and the hospital’s word is kept', async () => {
    const hospital = await aHospital()
    const { notices, settled } = await telling(hospital.receiver)
    notices.add()
    await settled()
    expect(hospital.ids()).toEqual(['PP1'])
    expect(hospital.heard[0]?.text).toContain('|SIU^S13^SIU_S12|PP1|T|')
    expect(notices.all[0]).toMatchObject({
      status: 'ACKNOWLEDGED',
      answers: [{ acknowledgement: 'AA', reason: undefined }],
    })
  })

  it('is refused with the reason of the hospital', async () => {
    const hospital = await aHospital(() => ({ code: 'AE', reason: 'SCH-11: the clinic is closed then' }))
    const { notices, settled } = await telling(hospital.receiver)
    notices.add()
    await settled()
    expect(notices.all[0]).toMatchObject({
      status: 'REFUSED',
      answers: [{ acknowledgement: 'AE', reason: 'SCH-11: the clinic is closed then' }],
    })
  })

  it('is told again under the same number, byte for byte, when the hospital asks for it', async () => {
    let busy = 2
    const hospital = await aHospital(() => (busy-- > 0 ? { code: 'AR', reason: 'busy' } : { code: 'AA' }))
    const { notices, settled } = await telling(hospital.receiver)
    notices.add()
    await settled()
    expect(notices.all[0]?.answers.map((it) => it.acknowledgement)).toEqual(['AR', 'AR', 'AA'])
    expect(hospital.ids()).toEqual(['PP1', 'PP1', 'PP1'])
    expect(new Set(hospital.heard.map(({ text }) => text)).size).toBe(1)
  })

  it('is told in the order in which it was done, and other appointments do not wait', async () => {
    const open = Promise.withResolvers<Answer>()
    const hospital = await aHospital(({ controlId }) => (controlId === 'PP1' ? open.promise : { code: 'AA' }))
    const { notices, settled } = await telling(hospital.receiver, 5_000)
    notices.add()
    notices.add()
    notices.add({ hospitalId: 'APT-7002' })
    await settled(2)
    expect(hospital.ids()).toEqual(['PP3'])
    open.resolve({ code: 'AA' })
    await settled(1)
    expect(hospital.ids()).toEqual(['PP3', 'PP1', 'PP2'])
  })

  it('is told to eight at a time, and to all in the end', async () => {
    const open = Promise.withResolvers<Answer>()
    let arrived = 0
    const hospital = await aHospital(() => {
      arrived += 1
      return open.promise
    })
    const { notices } = await telling(hospital.receiver, 10_000)
    for (let number = 0; number < 40; number++) notices.add({ hospitalId: `A-${number}` })
    await expect.poll(() => arrived, { timeout: 5_000 }).toBe(8)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(arrived).toBe(8)
    open.resolve({ code: 'AA' })
    await expect
      .poll(() => notices.all.filter(({ status }) => status === 'ACKNOWLEDGED').length, { timeout: 10_000 })
      .toBe(40)
    expect(new Set(hospital.ids()).size).toBe(40)
  })

  it('goes over TLS, to a system that shows the right certificate and to no other', async () => {
    const own = certificateFor('localhost')
    const other = certificateFor('localhost')
    const hospital = await aHospital(undefined, { tls: own })
    for (const [ca, acknowledgement] of [
      [own.cert, 'AA'],
      [other.cert, 'AR'],
    ] as const) {
      const scene = await feedsWithPortal({
        everyMs: 20,
        writeBack: {
          ...writeBackTo(hospital.receiver.port, 2_000),
          hospital: { host: 'localhost', port: hospital.receiver.port, tls: { ca } },
        },
      })
      scene.portal.notices.add()
      await expect.poll(() => scene.portal.notices.all[0]?.answers[0]?.acknowledgement).toBe(acknowledgement)
      await scene.stop()
    }
  })
})

describe('a hospital that cannot be understood', () => {
  it.each([
    ['says nothing', () => aHospital(() => undefined).then((it) => it.receiver), /no answer/],
    ['hangs up', () => aStranger(() => undefined), /closed the connection|ECONNRESET/],
    ['answers what is no message', () => aStranger(() => blockOf('hello')), /no acknowledgement/],
    ['answers another kind of message', () => aStranger(() => ack('EVN|A01')), /no acknowledgement/],
    ['answers a code that is none', () => aStranger(() => ack('MSA|toString|PP1')), /no acknowledgement/],
    ['answers another message', () => aStranger(() => ack('MSA|AA|PP9')), /to another message/],
    ['answers without a block', () => aStranger(() => Buffer.from('MSA|AA|PP1\r')), /no answer/],
    ['is not there', () => Promise.resolve({ port: 9 }), /cannot reach 127\.0\.0\.1:9: ECONNREFUSED/],
  ])('is asked again when it %s', async (_, open, reason) => {
    const { notices, tries } = await telling(await open())
    notices.add()
    await tries(2)
    expect(notices.all[0]?.status).toBe('WAITING')
    expect(notices.all[0]?.answers[0]).toEqual({
      acknowledgement: 'AR',
      reason: expect.stringMatching(reason) as string,
    })
  })

  it.each([
    ['CA', 'AA'],
    ['CE', 'AE'],
    ['CR', 'AR'],
  ])('is understood in enhanced mode: %s is %s', async (code, acknowledgement) => {
    const { notices, tries } = await telling(await aStranger(() => ack(`MSA|${code}|PP1|said`)))
    notices.add()
    await tries(1)
    expect(notices.all[0]?.answers[0]).toEqual({ acknowledgement, reason: 'said' })
  })
})

describe('telling that is broken off', () => {
  it('is taken up after the next start, under the same number, and counts once', async () => {
    const hospital = await aHospital()
    const scene = await feedsWithPortal({ everyMs: 20, writeBack: writeBackTo(hospital.receiver.port) })
    stops.push(() => scene.portal.stop())
    // Killed between the hospital's answer and our keeping it: the answer never reaches the graph.
    scene.portal.trouble('answerHospitalNotice', 'INTERNAL', { times: 1 })
    scene.portal.notices.add()
    await expect.poll(() => hospital.ids().length).toBe(1)
    await scene.feeds.stop()
    expect(scene.portal.notices.all[0]).toMatchObject({ status: 'WAITING', isClaimed: true })
    scene.portal.notices.endClaims()
    const again = await startFeeds({ ...scene.settings, writeBack: writeBackTo(hospital.receiver.port) })
    stops.push(() => again.stop())
    await expect.poll(() => scene.portal.notices.all[0]?.status).toBe('ACKNOWLEDGED')
    expect(hospital.heard.map(({ controlId, isRepeat }) => [controlId, isRepeat])).toEqual([
      ['PP1', false],
      ['PP1', true],
    ])
  })

  it('ends soon when the hospital is silent, and leaves the notice to be sent again', async () => {
    const hospital = await aHospital(() => undefined)
    const { feeds, notices } = await telling(hospital.receiver, 60_000)
    notices.add()
    await expect.poll(() => hospital.ids().length).toBe(1)
    const started = performance.now()
    await feeds.stop()
    expect(performance.now() - started).toBeLessThan(3_000)
    expect(notices.all[0]).toMatchObject({ status: 'WAITING', isClaimed: true, answers: [] })
  })

  it('waits for the answer the hospital is about to give', async () => {
    const open = Promise.withResolvers<Answer>()
    const hospital = await aHospital(() => open.promise)
    const { feeds, notices } = await telling(hospital.receiver, 5_000)
    notices.add()
    await expect.poll(() => notices.all[0]?.isClaimed).toBe(true)
    const stopped = feeds.stop()
    setTimeout(() => open.resolve({ code: 'AA' }), 100)
    await stopped
    expect(notices.all[0]?.status).toBe('ACKNOWLEDGED')
  })

  it('is left to another process that was there first', async () => {
    const hospital = await aHospital()
    const { notices } = await telling(hospital.receiver)
    const claim = notices.claim.bind(notices)
    notices.claim = () => ({ __typename: 'HospitalNoticeNotDue', message: 'Another has it.' })
    notices.add()
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(hospital.ids()).toEqual([])
    notices.claim = claim
    await expect.poll(() => hospital.ids()).toEqual(['PP1'])
  })

  it.each([
    ['could not be claimed', 'claimHospitalNotice'],
    ['was answered, and the answer could not be kept', 'answerHospitalNotice'],
  ])('waits for the next round when a notice %s', async (_, field) => {
    const hospital = await aHospital()
    const scene = await feedsWithPortal({ everyMs: 250, writeBack: writeBackTo(hospital.receiver.port) })
    stops.push(() => scene.stop())
    const { notices } = scene.portal
    scene.portal.trouble(field, 'INTERNAL', { times: 1_000 })
    let rounds = 0
    const due = notices.due.bind(notices)
    notices.due = (first) => {
      if (first !== Infinity) rounds += 1
      notices.endClaims()
      return due(first)
    }
    notices.add()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(rounds).toBeGreaterThan(1)
    expect(rounds).toBeLessThan(7)
  })

  it('waits for the next round when another process has the notice', async () => {
    const hospital = await aHospital()
    const scene = await feedsWithPortal({ everyMs: 250, writeBack: writeBackTo(hospital.receiver.port) })
    stops.push(() => scene.stop())
    let claims = 0
    scene.portal.notices.claim = () => {
      claims += 1
      return { __typename: 'HospitalNoticeNotDue', message: 'Another has it.' }
    }
    scene.portal.notices.add()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(claims).toBeGreaterThan(1)
    expect(claims).toBeLessThan(7)
  })

  it('is put off, and the log says which field it is, when the message cannot be written', async () => {
    const hospital = await aHospital()
    const { notices, log, tries } = await telling(hospital.receiver)
    notices.add({ endsAt: 'Haddad' })
    await tries(1)
    expect(notices.all[0]?.status).toBe('WAITING')
    expect(notices.all[0]?.answers[0]).toEqual({
      acknowledgement: 'AR',
      reason: 'Not sent: SCH-11.5 of the message cannot be written. The portal’s team must mend it.',
    })
    expect(hospital.ids()).toEqual([])
    await expect
      .poll(() => log.find((line) => line.includes('cannot be written')))
      .toContain('"notWritable":"SCH-11.5"')
    expect(log.join('')).not.toContain('Haddad')
  })

  it('ends soon when the graph does not keep the answer', { timeout: 15_000 }, async () => {
    const hospital = await aHospital()
    const { feeds, notices } = await telling(hospital.receiver)
    notices.answer = () => new Promise<never>(() => undefined) as never
    notices.add()
    await expect.poll(() => hospital.ids().length).toBe(1)
    const started = performance.now()
    await feeds.stop()
    expect(performance.now() - started).toBeLessThan(6_500)
  })

  it('goes on when the graph was away, with one line in the log', async () => {
    const hospital = await aHospital()
    const { notices, portal, log, settled } = await telling(hospital.receiver)
    const due = notices.due.bind(notices)
    let failures = 0
    notices.due = () => {
      failures += 1
      throw new Error('away')
    }
    await expect.poll(() => failures).toBeGreaterThan(3)
    notices.due = due
    notices.add()
    await settled()
    expect(portal.notices.all[0]?.status).toBe('ACKNOWLEDGED')
    expect(log.filter((line) => line.includes('could not ask what the hospital is to be told'))).toHaveLength(1)
    expect(log.filter((line) => line.includes('can ask what the hospital is to be told again'))).toHaveLength(1)
    expect(log.join('')).not.toMatch(/Haddad|RWG200145|away"|9990041571/)
  })
})
