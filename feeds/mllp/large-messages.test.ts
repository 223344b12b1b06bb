import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { refusedMessages, type FeedsSettings } from '../main.ts'
import { BareSender, example, feedsWithPortal } from '../testing/feeds-with-portal.ts'
import { blockOf } from './framing.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

async function aListener(overrides: Partial<FeedsSettings> = {}) {
  const scene = await feedsWithPortal({
    maximumMessageBytes: 30_000_000,
    messageSeconds: 30,
    idleSeconds: 600,
    ...overrides,
  })
  cleanups.push(() => scene.stop())
  await scene.send(example('new-person'))
  const connect = () => {
    const sender = new BareSender(scene.feeds)
    cleanups.push(() => sender.destroy())
    return sender
  }
  return { ...scene, connect }
}
/** A letter with a PDF of so many bytes, broken into lines as e-mail does it. */
function letter(bytes: number, number = 1) {
  const pdf = Buffer.alloc(bytes, 'a PDF that is all the same ')
  pdf.write('%PDF-1.7\n')
  const lines = (pdf.toString('base64').match(/.{1,76}/g) ?? []).join('\n')
  return [
    `MSH|^~\\&|EDMS|RWG|PORTAL|RWG|20261121100000||MDM^T02|L-${number}|P|2.5`,
    'EVN|T02|20261121100000',
    'PID|1||RWG200145^^^RWG^MR||||19840309',
    `TXA|1|CL^Clinic letter|AP|||202611201100||||||DOC-${number}|||||AU`,
    `OBX|1|ED|PDF^Letter||^application^pdf^Base64^${lines}||||||F`,
  ].join('\r')
}

describe('a message with a large file', () => {
  it('is taken with a PDF of 20 MB', async () => {
    const { connect, portal } = await aListener()
    const sender = connect()
    await sender.write(blockOf(letter(20 * 1024 * 1024)))
    expect(await sender.acknowledged(1)).toMatchObject([{ code: 'AA', controlId: 'L-1', lines: [] }])
    const { pdf } = portal.inputOf('recordLetter') as { pdf: { base64: string } }
    expect(Buffer.from(pdf.base64, 'base64')).toHaveLength(20 * 1024 * 1024)
  }, 30_000)

  it('is refused with one of 50 MB, and kept without it', async () => {
    const { connect, portal, log } = await aListener()
    const sender = connect()
    await sender.write(blockOf(letter(50 * 1024 * 1024)))
    const [ack] = await sender.acknowledged(1)
    expect(ack).toMatchObject({
      code: 'AE',
      controlId: 'L-1',
      lines: [expect.stringMatching(/^MSH: the message has \d+ bytes; 30000000 are taken/)],
    })
    expect(portal.book.entries.at(-1)?.text?.length).toBeLessThan(25_000)
    expect(log.join('').length).toBeLessThan(10_000)
  }, 30_000)

  it('is kept without its file when something else is wrong with it, and not taken again from there', async () => {
    const { connect, portal, settings } = await aListener()
    const sender = connect()
    await sender.write(blockOf(letter(3_000_000).replace('AU', 'IP')))
    expect(await sender.acknowledged(1)).toMatchObject([{ code: 'AE', lines: [expect.stringMatching(/^TXA-17: /)] }])
    expect(portal.book.entries.at(-1)?.text).toMatch(/\[a file of \d+ characters was not kept\][^]* not kept$/)
    const shelf = refusedMessages(settings)
    const [refused] = await shelf.list()
    if (!refused) throw new Error('nothing was kept')
    expect((await shelf.replay(refused)).answer).toEqual({
      code: 'AE',
      reason: expect.stringMatching(
        /^MSH: this message was too long .*send it again, under a new control id/,
      ) as string,
    })
    expect((await shelf.list())[0]?.text).toBe(refused.text)
  })

  it('waits while two others are held; small ones do not', async () => {
    const { connect, send } = await aListener()
    const halves = [1, 2].map((number) => blockOf(letter(2_000_000, number)))
    const senders = halves.map(() => connect())
    for (const [at, half] of halves.entries()) await senders[at]?.write(half.subarray(0, 1_500_000))
    await wait(100)
    const third = connect()
    void third.write(blockOf(letter(2_000_000, 3)))
    await wait(300)
    expect(third.acks).toEqual([])
    expect((await send(example('changed-details'))).code).toBe('AA')
    for (const [at, half] of halves.entries()) await senders[at]?.write(half.subarray(1_500_000))
    expect(await third.acknowledged(1)).toMatchObject([{ code: 'AA', controlId: 'L-3' }])
    for (const sender of senders) expect(await sender.acknowledged(1)).toMatchObject([{ code: 'AA' }])
  })

  it('has all its time when those before it ran out of theirs, or hung up', async () => {
    const { connect } = await aListener({ messageSeconds: 0.6 })
    const half = blockOf(letter(2_000_000)).subarray(0, 1_500_000)
    const [slow, gone] = [connect(), connect()]
    await slow.write(half)
    await gone.write(half)
    await wait(100)
    const third = connect()
    const message = blockOf(letter(2_000_000, 3))
    void third.write(message.subarray(0, 1_400_000))
    await wait(200)
    gone.destroy()
    await wait(500)
    void third.write(message.subarray(1_400_000))
    expect(await third.acknowledged(1)).toMatchObject([{ code: 'AA', controlId: 'L-3' }])
    await slow.closed
    expect(slow.acks).toMatchObject([{ code: 'AR', controlId: 'L-1' }])
  })

  it('stops with the listener, also while it waits', async () => {
    const scene = await aListener()
    const half = blockOf(letter(2_000_000)).subarray(0, 1_500_000)
    for (let count = 0; count < 4; count++) await scene.connect().write(half)
    await wait(100)
    const started = performance.now()
    await scene.feeds.stop()
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
