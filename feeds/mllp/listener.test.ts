import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { FeedsSettings } from '../main.ts'
import { BareSender, example, feedsWithPortal } from '../testing/feeds-with-portal.ts'
import { blockOf } from './framing.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

async function aListener(overrides: Partial<FeedsSettings> = {}) {
  const scene = await feedsWithPortal(overrides)
  cleanups.push(() => scene.stop())
  const connect = (host?: string) => {
    const sender = new BareSender(scene.feeds, host)
    cleanups.push(() => sender.destroy())
    return sender
  }
  return { ...scene, connect }
}
const person = (number: number) =>
  example('new-person').replace('EX-0001', `P-${number}`).replaceAll('RWG200145', `RWG${number}`)
const codes = (acks: { code: string; controlId: string }[]) => acks.map(({ code, controlId }) => `${code} ${controlId}`)

describe('the listener', () => {
  it('answers two messages of one write in their order', async () => {
    const sender = (await aListener()).connect()
    await sender.write(Buffer.concat([blockOf(person(1)), blockOf(person(2))]))
    expect(codes(await sender.acknowledged(2))).toEqual(['AA P-1', 'AA P-2'])
  })

  it('answers a message that comes byte by byte', async () => {
    const sender = (await aListener()).connect()
    for (const byte of blockOf(example('corrected-person'))) await sender.write(Buffer.of(byte))
    expect(codes(await sender.acknowledged(1))).toEqual(['AA EX-0004'])
  })

  it('takes one message at a time of one sender, many senders at once', async () => {
    const { connect, portal } = await aListener()
    const senders = Array.from({ length: 5 }, () => connect())
    await Promise.all(
      senders.map((sender, at) => sender.write(Buffer.concat([10, 20, 30].map((n) => blockOf(person(n + at)))))),
    )
    const acks = await Promise.all(senders.map((sender) => sender.acknowledged(3)))
    expect(acks.map(codes)).toEqual(senders.map((_, at) => [`AA P-${10 + at}`, `AA P-${20 + at}`, `AA P-${30 + at}`]))
    expect(portal.record.people.size).toBe(15)
  })

  it('skips what is no message, and takes the one after it', async () => {
    const { connect, log } = await aListener()
    const sender = connect()
    await sender.write('GET / HTTP/1.1\r\nHost: portal\r\n\r\n')
    await sender.write(blockOf(person(1)))
    expect(codes(await sender.acknowledged(1))).toEqual(['AA P-1'])
    sender.end()
    await sender.closed
    expect(log.join('')).toContain('a sender sent bytes outside of any block')
  })

  it('answers what is no HL7, keeps it, and takes the message after it', async () => {
    const { connect, portal } = await aListener()
    const sender = connect()
    await sender.write(Buffer.concat([blockOf('hello'), blockOf(person(1))]))
    const [first, second] = await sender.acknowledged(2)
    expect(first).toMatchObject({
      code: 'AE',
      controlId: '',
      lines: [expect.stringMatching(/^MSH: .*does not begin with an MSH/)],
    })
    expect(second?.code).toBe('AA')
    expect(portal.book.entries[0]).toMatchObject({
      sender: 'unknown',
      controlId: expect.stringMatching(/^none-/) as string,
      text: 'hello',
    })
  })

  it('asks again for a message whose end is missing, and takes the one after it', async () => {
    const { connect, portal } = await aListener()
    const sender = connect()
    await sender.write(Buffer.concat([blockOf(person(1)).subarray(0, -2), blockOf(person(2))]))
    expect(codes(await sender.acknowledged(2))).toEqual(['AR P-1', 'AA P-2'])
    await sender.write(blockOf(person(1)))
    expect(codes(await sender.acknowledged(3))[2]).toBe('AA P-1')
    expect(portal.record.people.size).toBe(2)
  })

  it('asks again for half a message and silence, and hangs up', async () => {
    const { connect, portal } = await aListener({ messageSeconds: 0.2 })
    const sender = connect()
    await sender.write(blockOf(person(1)).subarray(0, 120))
    await sender.closed
    expect(sender.acks).toMatchObject([{ code: 'AR', controlId: 'P-1', lines: [expect.stringMatching(/broken off/)] }])
    expect(portal.book.entries).toEqual([])
  })

  it('does not wait for ever for a message that drips', async () => {
    const { connect } = await aListener({ messageSeconds: 0.3 })
    const sender = connect()
    const started = performance.now()
    let over = false
    void sender.closed.then(() => (over = true))
    for (const byte of blockOf(person(1))) {
      if (over) break
      await sender.write(Buffer.of(byte))
      await wait(20)
    }
    await sender.closed
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('hangs up on a sender that says nothing', async () => {
    const sender = (await aListener({ idleSeconds: 0.2 })).connect()
    await sender.closed
    expect(sender.acks).toEqual([])
  })

  it('lets a sender pause between messages for less than that', async () => {
    const sender = (await aListener({ idleSeconds: 1, messageSeconds: 0.1 })).connect()
    await sender.write(blockOf(person(1)))
    await sender.acknowledged(1)
    await wait(400)
    await sender.write(blockOf(person(2)))
    expect(codes(await sender.acknowledged(2))).toEqual(['AA P-1', 'AA P-2'])
  })

  it('answers half a message, and a whole one, of a sender that has closed its side', async () => {
    const { connect } = await aListener()
    const [half, whole] = [connect(), connect()]
    await half.write(blockOf(person(1)).subarray(0, 120))
    half.end()
    await whole.write(blockOf(person(2)))
    whole.end()
    await Promise.all([half.closed, whole.closed])
    expect(codes([...half.acks, ...whole.acks])).toEqual(['AR P-1', 'AA P-2'])
  })

  it('survives a sender that hangs up in the middle', async () => {
    const { connect, send } = await aListener()
    const sender = connect()
    await sender.write(blockOf(person(1)).subarray(0, 120))
    sender.destroy()
    const hasty = connect()
    await hasty.write(blockOf(person(2)))
    hasty.destroy()
    expect((await send(person(3))).code).toBe('AA')
  })

  it('refuses a message of 10 MB, keeps its beginning, and takes the one after it', async () => {
    const { connect, portal } = await aListener()
    const sender = connect()
    const long = person(1) + '\nNTE|1||' + 'x'.repeat(10_000_000)
    const before = process.memoryUsage().rss
    await sender.write(Buffer.concat([blockOf(long), blockOf(person(2))]))
    const [first, second] = await sender.acknowledged(2)
    expect(first).toMatchObject({
      code: 'AE',
      controlId: 'P-1',
      lines: [expect.stringMatching(/^MSH: the message has \d+ bytes; 2000000 are taken/)],
    })
    expect(second).toMatchObject({ code: 'AA', controlId: 'P-2' })
    expect(portal.book.entries[0]?.text?.length).toBeLessThan(25_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })

  it('keeps a long message that was refused as far as the graph can hold it', async () => {
    const { send, portal } = await aListener()
    const ack = await send(example('month-13') + 'NTE|1||' + 'x\\.br\\'.repeat(30_000))
    expect(ack.code).toBe('AE')
    expect(portal.book.entries[0]?.text).toMatch(/\r\.\.\. \d+ more characters were not kept$/)
  })

  it('understands the character set a message names', async () => {
    const { connect, portal } = await aListener()
    const sender = connect()
    const message = person(1).replace('UNICODE UTF-8', '8859/1').replace('Haddad', 'Núñez')
    const bytes = Buffer.concat([Buffer.of(0x0b), Buffer.from(message, 'latin1'), Buffer.of(0x1c, 0x0d)])
    await sender.write(bytes)
    expect(codes(await sender.acknowledged(1))).toEqual(['AA P-1'])
    expect(portal.record.people.get('RWG1')?.name?.family).toBe('Núñez')
    await sender.write(blockOf(person(2).replace('UNICODE UTF-8', 'BIG-5')))
    const [, second] = await sender.acknowledged(2)
    expect(second).toMatchObject({ code: 'AE', controlId: 'P-2', lines: [expect.stringMatching(/^MSH-18: /)] })
  })
})

describe('the listener and its senders', () => {
  it('turns away who is not on the list, and says so in its log', async () => {
    const { connect, log, portal } = await aListener({ allow: ['10.20.0.0/16'] })
    const sender = connect()
    await sender.write(blockOf(person(1)))
    await sender.closed
    expect(sender.acks).toEqual([])
    expect(portal.book.entries).toEqual([])
    expect(log.join('')).toContain('not on the list of allowed addresses')
  })

  it('takes no more connections than it is told to', async () => {
    const { connect } = await aListener({ maximumConnections: 1 })
    const [first, second] = [connect(), connect()]
    await second.closed
    await first.write(blockOf(person(1)))
    expect(codes(await first.acknowledged(1))).toEqual(['AA P-1'])
  })

  it('listens on the address it is told, and only there', async () => {
    const { connect } = await aListener({ host: '127.0.0.2' })
    const sender = connect('127.0.0.1')
    await sender.closed
    const right = connect('127.0.0.2')
    await right.write(blockOf(person(1)))
    expect(codes(await right.acknowledged(1))).toEqual(['AA P-1'])
  })

  it('says in one line that its port is taken', async () => {
    const { feeds } = await aListener()
    await expect(aListener({ port: feeds.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('finishes the message it is taking before it stops, and begins no other', async () => {
    const scene = await feedsWithPortal()
    const sender = new BareSender(scene.feeds)
    scene.portal.trouble('recordPatient', 'UNAVAILABLE', { times: 2 }) // makes the first take a moment
    await sender.write(Buffer.concat([blockOf(person(1)), blockOf(person(2))]))
    while (scene.portal.book.entries.length === 0) await wait(5)
    await scene.feeds.stop()
    await sender.closed
    expect(codes(sender.acks)).toEqual(['AA P-1'])
    expect(scene.portal.book.entries).toHaveLength(1)
    await scene.portal.stop()
  })

  it('stops at once when nothing is being taken', async () => {
    const scene = await feedsWithPortal()
    const sender = new BareSender(scene.feeds)
    await sender.write(blockOf(person(1)))
    await sender.acknowledged(1)
    const started = performance.now()
    await scene.stop()
    expect(performance.now() - started).toBeLessThan(500)
    await sender.closed
  })

  it('writes no word of a patient into its log', async () => {
    const { send, log } = await aListener()
    for (const name of ['new-person', 'booked', 'month-13', 'broken-line', 'bad-check-digit', 'everything-wrong'])
      await send(example(name))
    expect(log.length).toBeGreaterThan(6)
    expect(log.join('')).not.toMatch(
      /Haddad|Amal|Cassio|9990041571|19840309|1984-03-09|07700|example\.com|Quill|Longname|CARD1|Shah/i,
    )
  })
})
