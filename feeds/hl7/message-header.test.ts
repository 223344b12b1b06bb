import { describe, expect, it } from 'vitest'
import { findHeader } from './message-header.ts'

describe('the header of a message', () => {
  it('is found in a sound message', () => {
    expect(
      findHeader('MSH|^~\\&|PAS^1.2^ISO|RWG|PORTAL|RWG|20261122||ADT^A31^ADT_A05|C1|T^x|2.4||||||8859/1\rPID|1'),
    ).toEqual({
      separators: { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' },
      sendingApplication: 'PAS^1.2^ISO',
      sendingFacility: 'RWG',
      receivingApplication: 'PORTAL',
      receivingFacility: 'RWG',
      sentAt: '20261122',
      type: 'ADT',
      event: 'A31',
      controlId: 'C1',
      processingId: 'T',
      version: '2.4',
      characterSet: '8859/1',
    })
  })

  it('is put together when line ends broke it', () => {
    expect(findHeader('MSH|^\n~\\&|LAB^2.16|RWG\n|PORTAL|RWG|2026||ORU^R01^ORU\nR01|C-7|P|2.5.1\nPID|1')).toMatchObject(
      {
        type: 'ORU',
        controlId: 'C-7',
        version: '2.5.1',
      },
    )
  })

  it('keeps the separators of the sender', () => {
    expect(findHeader('MSH#@%!$#PAS#RWG#####ADT@A31#C1')).toMatchObject({ event: 'A31', controlId: 'C1' })
  })

  it.each(['', 'hello', 'PID|1', 'MSH', 'MSH|', '\u0000\u0001'])('is empty, and no failure, for %j', (text) => {
    expect(findHeader(text)).toMatchObject({ controlId: '', type: '' })
  })
})
