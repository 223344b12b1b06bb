import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusedMessages } from '../main.ts'
import { example, feedsWithPortal } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())
beforeEach(() => scene.portal.forget())

const steps = () => scene.portal.done.map(({ field }) => field)
const mutations = () => steps().filter((field) => field.startsWith('record'))
const withoutItsOwnParts = (raw: string) => raw.replace(/^(?:[^|]*\|){10}/, '')

describe('a message that comes again', () => {
  it('is answered the same, and done once', async () => {
    const first = await scene.send(example('new-person'))
    const again = await scene.send(example('new-person'))
    expect(again).toMatchObject({ code: 'AA', controlId: 'EX-0001', lines: first.lines })
    expect(mutations()).toEqual(['recordPatient'])
  })

  it('is refused the same, word for word', async () => {
    const first = await scene.send(example('month-13'))
    const again = await scene.send(example('month-13'))
    expect(withoutItsOwnParts(again.raw)).toBe(withoutItsOwnParts(first.raw))
    expect(again.code).toBe('AE')
    expect(mutations()).toEqual([])
    expect(scene.portal.book.entries).toHaveLength(1)
  })

  it('is the same message whichever line ends it has this time', async () => {
    await scene.send(example('new-person'))
    expect((await scene.send(example('new-person').replaceAll('\n', '\r\n'))).code).toBe('AA')
    expect(mutations()).toEqual(['recordPatient'])
  })

  it('is another message when another system sends it', async () => {
    await scene.send(example('new-person'))
    await scene.send(example('new-person').replace('|PAS|', '|OTHER|'))
    expect(mutations()).toHaveLength(2)
  })

  it('is refused, and kept, when its control id came before with other content', async () => {
    await scene.send(example('new-person'))
    const other = example('new-person').replace('Cassio Lane', 'Canal Row')
    for (const ack of [await scene.send(other), await scene.send(other)])
      expect(ack).toMatchObject({
        code: 'AE',
        lines: [expect.stringMatching(/^MSH-10: this control id came before with other/)],
      })
    expect(mutations()).toEqual(['recordPatient'])
    expect(scene.portal.book.entries).toMatchObject([
      { controlId: 'EX-0001', acknowledgement: 'AA' },
      {
        controlId: expect.stringMatching(/^EX-0001~/) as string,
        acknowledgement: 'AE',
        text: expect.stringContaining('Canal Row') as string,
      },
    ])
  })

  it('is done once when it comes twice at the same time', async () => {
    await scene.send(example('new-person'))
    const acks = await Promise.all([scene.send(example('booked')), scene.send(example('booked'))])
    expect(acks.map(({ code }) => code)).toEqual(['AA', 'AA'])
    expect(mutations()).toEqual(['recordPatient', 'recordPatient', 'recordAppointment'])
  })
})

describe('when the graph has trouble', () => {
  it('is tried again without the sender noticing', async () => {
    scene.portal.trouble('recordPatient', 'UNAVAILABLE', { times: 2 })
    expect((await scene.send(example('new-person'))).code).toBe('AA')
  })

  it.each(['receiveHospitalMessage', 'recordPatient', 'recordAppointment'])(
    'asks the sender to try again while %s is down, and takes the message then',
    async (field) => {
      await scene.send(example('new-person'))
      scene.portal.trouble(field, 'UNAVAILABLE', { times: 4 })
      const ack = await scene.send(example('booked'))
      expect(ack).toMatchObject({ code: 'AR', controlId: 'EX-0010', lines: [expect.stringMatching(/Send it again/)] })
      expect(scene.portal.record.appointments.size).toBe(0)
      expect((await scene.send(example('booked'))).code).toBe('AA')
      expect(scene.portal.record.appointments.size).toBe(1)
    },
  )

  it.each(['INTERNAL', 'UNAUTHENTICATED', 'FORBIDDEN'])('asks the sender to try again after %s', async (code) => {
    scene.portal.trouble('recordPatient', code)
    expect((await scene.send(example('new-person'))).code).toBe('AR')
    expect((await scene.send(example('new-person'))).code).toBe('AA')
  })

  it('refuses what the graph cannot store', async () => {
    scene.portal.trouble('recordPatient', 'BAD_USER_INPUT')
    expect((await scene.send(example('new-person'))).code).toBe('AE')
  })

  it('does nothing twice when an answer was lost on its way', async () => {
    scene.portal.trouble('recordPatient', 'INTERNAL', { afterCommit: true })
    expect((await scene.send(example('new-person'))).code).toBe('AR')
    expect((await scene.send(example('new-person'))).code).toBe('AA')
    expect(mutations()).toEqual(['recordPatient'])
  })

  it('says AA for what is done, although that could not be remembered', async () => {
    scene.portal.trouble('answerHospitalMessage', 'INTERNAL')
    expect((await scene.send(example('new-person'))).code).toBe('AA')
    expect((await scene.send(example('new-person'))).code).toBe('AA')
    expect(mutations()).toEqual(['recordPatient'])
  })

  it('does not refuse for good what it could not keep', async () => {
    scene.portal.trouble('answerHospitalMessage', 'INTERNAL')
    expect((await scene.send(example('month-13'))).code).toBe('AR')
    expect((await scene.send(example('month-13'))).code).toBe('AE')
    expect(scene.portal.book.entries).toMatchObject([{ acknowledgement: 'AE', text: example('month-13') }])
  })

  it('is ready only while the graph answers', async () => {
    expect(await scene.feeds.ready()).toBe(true)
    const lost = await feedsWithPortal({ graph: { url: 'http://127.0.0.1:1/graphql', secret: 'x' } })
    expect(await lost.feeds.ready()).toBe(false)
    expect(await lost.send(example('new-person'))).toMatchObject({ code: 'AR' })
    await lost.stop()
  })
})

describe('a refused message', () => {
  const shelf = (graph = { url: scene.url, secret: scene.portal.secret }) =>
    refusedMessages({ ...scene.settings, graph })
  const theOne = async () => {
    const [refused, ...others] = await shelf().list()
    if (!refused || others.length > 0) throw new Error('not one, but another number of messages was kept')
    return refused
  }

  it('is kept with its reason, and taken again when its cause is gone', async () => {
    await scene.send(example('new-person'))
    scene.portal.record.clinics.delete('CARD1')
    expect((await scene.send(example('booked'))).code).toBe('AE')
    const refused = await theOne()
    const reason = expect.stringMatching(/^AIS-3: no clinic/) as string
    expect(refused).toMatchObject({ type: 'SIU^S12', controlId: 'EX-0010', sender: 'PAS/RWG', reason })

    expect((await shelf().replay(refused)).answer.code).toBe('AE')
    scene.portal.record.clinics.add('CARD1')
    expect((await shelf().replay(refused)).answer).toEqual({ code: 'AA' })
    expect(scene.portal.record.appointments.has('APT-7001')).toBe(true)
    expect(await shelf().list()).toEqual([])
    expect((await scene.send(example('booked'))).code).toBe('AA')
  })

  it('stays refused while the graph is away', async () => {
    await scene.send(example('month-13'))
    const away = shelf({ url: 'http://127.0.0.1:1/graphql', secret: 'x' })
    const healed = { ...(await theOne()), text: example('new-person') }
    expect((await away.replay(healed)).answer.code).toBe('AR')
    expect((await theOne()).acknowledgement).toBe('AE')
  })

  it('is listed however many there are', async () => {
    for (let number = 0; number < 60; number++) await scene.send(example('month-13').replace('EX-0022', `M-${number}`))
    const controlIds = (await shelf().list()).map(({ controlId }) => controlId)
    expect(controlIds).toEqual(Array.from({ length: 60 }, (_, number) => `M-${number}`))
  })
})
