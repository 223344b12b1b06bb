import { afterEach, describe, expect, it } from 'vitest'
import { openReceiver, sendHl7, type Answer } from '../../feeds/main.ts'
import { startHospitalListener } from './hospital-listener.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

const notice = [
  'MSH|^~\\&|PORTAL|RWG|PAS|RWG|20261122103000+0000||SIU^S13^SIU_S12|N-1|T|2.4',
  'SCH|W-2001|W-2001|||||||20|MIN|^^^20261202090000+0000',
].join('\r')

/** The hospital of a demonstration, and somebody who listens behind it when there is an answer. */
async function aHospital(answer?: () => Answer | undefined) {
  const heard: string[] = []
  const behind = await openReceiver({
    host: '127.0.0.1',
    port: 0,
    now: () => new Date('2026-11-22T10:30:00Z'),
    answer: ({ text }) => {
      heard.push(text)
      return answer?.()
    },
  })
  if (answer) stops.push(() => behind.stop())
  else await behind.stop()
  const { port, stop } = await startHospitalListener({ host: '127.0.0.1', port: 0, handOnTo: behind.port })
  stops.push(stop)
  return { heard, tell: (patience?: number) => sendHl7({ host: '127.0.0.1', port }, notice, patience) }
}

describe('the hospital of a demonstration', () => {
  it('acknowledges by itself what the portal tells it', async () => {
    const { tell } = await aHospital()
    expect(await tell()).toMatchObject({ code: 'AA', controlId: 'N-1', lines: [] })
  })

  it('hands on to whoever listens behind it, byte for byte, and answers what they answer', async () => {
    const { tell, heard } = await aHospital(() => ({ code: 'AE', reason: 'SCH-11: the clinic is closed' }))
    expect(await tell()).toMatchObject({ code: 'AE', lines: ['SCH-11: the clinic is closed'] })
    expect(heard).toEqual([notice])
  })

  it('is silent when they are', async () => {
    const { tell, heard } = await aHospital(() => undefined)
    await expect(tell(300)).rejects.toThrow('no answer')
    expect(heard).toEqual([notice])
  })
})
