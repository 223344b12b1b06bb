import { afterEach, describe, expect, it } from 'vitest'
import { sendHl7, type FeedsSettings, type Hl7Address } from '../main.ts'
import { certificateFor } from '../testing/certificate.ts'
import { BareSender, example, feedsWithPortal } from '../testing/feeds-with-portal.ts'
import { blockOf } from './framing.ts'

const [portal, pas, stranger] = [
  certificateFor('portal.test'),
  certificateFor('pas.test'),
  certificateFor('stranger.test'),
]
const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean()
})

async function aListener(tls: FeedsSettings['tls'], others: Partial<FeedsSettings> = {}) {
  const scene = await feedsWithPortal({ tls, ...others })
  cleanups.push(scene.stop)
  const send = (as: Hl7Address['tls']) =>
    sendHl7({ host: '127.0.0.1', port: scene.feeds.port, ...(as && { tls: as }) }, example('new-person'), 3000)
  return { ...scene, send }
}
const trusting = { ca: portal.cert, servername: 'portal.test' }

describe('the listener over TLS', () => {
  it('answers a sender that trusts its certificate', async () => {
    const { send } = await aListener(portal)
    expect((await send(trusting)).code).toBe('AA')
  })

  it('is not trusted blindly by our own sender', async () => {
    const { send } = await aListener(portal)
    await expect(send({ servername: 'portal.test' })).rejects.toThrow(/cannot reach/)
  })

  it('says nothing to a sender without TLS', async () => {
    const { feeds, log } = await aListener(portal)
    const sender = new BareSender(feeds)
    await sender.write(blockOf(example('new-person')))
    await sender.closed
    expect(sender.acks).toEqual([])
    expect(log.join('')).toContain('could not agree on TLS')
  })

  it('takes messages only of senders with a certificate of the authority, when it has one', async () => {
    const { send, portal: graph } = await aListener({ ...portal, ca: pas.cert })
    expect((await send({ ...trusting, ...pas })).code).toBe('AA')
    graph.forget()
    await expect(send({ ...trusting, ...stranger })).rejects.toThrow(/cannot reach|closed the connection/)
    await expect(send(trusting)).rejects.toThrow(/cannot reach|closed the connection/)
    expect(graph.book.entries).toEqual([])
  })

  it('turns away who is not on the list before any handshake', async () => {
    const { send, log } = await aListener(portal, { allow: ['10.0.0.0/8'] })
    await expect(send(trusting)).rejects.toThrow(/cannot reach|closed the connection/)
    expect(log.join('')).toContain('not on the list of allowed addresses')
  })
})
