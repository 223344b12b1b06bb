import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { documentsAlone } from '../../test/documents-alone.ts'
import { aLetter, aResult } from '../../test/hospital-documents.ts'
import type { ChoreContext } from '../runtime/chore.ts'
import { tellOfDocuments } from './tell-of-documents.ts'

describe.each(engines)('telling of documents, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    hospital.told.length = 0
    return hospital.sql('delete from document')
  })
  afterAll(() => hospital.stop())

  const untold = { toldAt: null }
  const written = async (write: (em: ReturnType<Behind['fork']>) => { id: string }) => {
    const em = hospital.fork()
    const { id } = write(em)
    await em.flush()
    return id
  }
  const told = async () => {
    // Events are delivered before chores are done: what a chore tells goes out with the next round.
    await hospital.subgraph.settle()
    await hospital.subgraph.settle()
    return hospital.told.splice(0)
  }

  it('is done once when one can be read, by ids alone', async () => {
    const id = await written((em) => aLetter(em, untold))
    const ids = { documentId: id, patientId: 'amal' }
    expect(await told()).toEqual([{ subscriber: 'messages', kind: 'document.published', ids }])
    expect(await told()).toEqual([])
  })

  it('is done by one of two who find it at once', async () => {
    await written((em) => aLetter(em, untold))
    const context = { fork: hospital.fork, clock: hospital.clock } as Partial<ChoreContext> as ChoreContext
    await Promise.all([tellOfDocuments.run(context), tellOfDocuments.run(context)])
    expect(await told()).toHaveLength(1)
  })

  it('waits until one opens', async () => {
    await written((em) => aResult(em, { ...untold, opensAt: new Date('2026-12-07T00:00:00Z') }))
    await written((em) => aResult(em, { ...untold, opensAt: null }))
    expect(await told()).toEqual([])
    hospital.clock.set('2026-12-07T00:00:00Z')
    expect(await told()).toHaveLength(1)
  })

  it('is not done of what was withdrawn, is kept out, or was told by its own message', async () => {
    await written((em) => aLetter(em, { ...untold, withdrawnAt: new Date('2026-11-21T00:00:00Z') }))
    await written((em) => aLetter(em, { ...untold, excluded: true }))
    await written((em) => aLetter(em))
    expect(await told()).toEqual([])
  })

  it('leaves nothing out when hundreds open at once', async () => {
    const em = hospital.fork()
    for (let count = 0; count < 250; count++) aLetter(em, untold)
    await em.flush()
    await hospital.subgraph.settle()
    expect(await hospital.sql('select id from document where told_at is null')).toEqual([])
    const tellings = async () => (await told()).length
    let all = 0
    for (let some = await tellings(); some; some = await tellings()) all += some
    expect(all).toBe(250)
  })
})
