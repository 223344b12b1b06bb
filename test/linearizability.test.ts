import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { engines } from './alone.ts'
import {
  aScene,
  byLookingFirst,
  byTheGraph,
  histories,
  type Move,
  type Scene,
  type Step,
  withoutThePromise,
} from './histories/clients.ts'
import { isLinearizable } from './histories/linearizable.ts'
import { brokenPromises } from './invariants.ts'
import { world, type World } from './world.ts'

const people = 8
const steps = 12
const manyMoves = { ...readTrust('west-herts'), quietHours: null, rescheduleLimit: 1_000_000 }

/** What each client does: mostly moves, to few slots, so that they meet. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: people + 2 }).map((slot): Step => ({ act: 'move', slot })) },
  { weight: 1, arbitrary: fc.constant<Step>({ act: 'look' }) },
)
const plans = fc.array(fc.array(step, { minLength: steps, maxLength: steps }), { minLength: people, maxLength: people })

/** The slots of which what was answered cannot have happened in any order. */
async function impossible(scene: Scene, chosen: Step[][], move: Move): Promise<string[]> {
  const holders = new Map(scene.clients.map(({ slotId, appointmentId }) => [slotId, appointmentId]))
  const { slots } = await histories(scene, chosen, move)
  return [...slots].filter(([id, history]) => !isLinearizable(history, holders.get(id))).map(([id]) => id)
}

describe.each(engines)('several people who want the same times, on %s', (engine) => {
  let portal: World
  let scene: Scene
  beforeAll(async () => {
    portal = await world({ engine, more: { trust: manyMoves } })
    scene = await aScene(portal, people, 3)
  }, 120_000)
  afterAll(() => portal.stop())

  it('are answered as if one came after the other', { timeout: 300_000 }, async () => {
    const runs = 15
    await fc.assert(
      fc.asyncProperty(plans, async (chosen) => {
        expect(await impossible(scene, chosen, byTheGraph(portal))).toEqual([])
      }),
      // What has happened cannot be taken back: a smaller history would begin elsewhere.
      { numRuns: runs, endOnFailure: true },
    )
    console.log(
      `${engine}: ${runs} histories of ${people} people, ${runs * people * steps} operations: all linearizable`,
    )
    expect(await brokenPromises(portal, manyMoves.rescheduleLimit)).toEqual([])
  })
})

describe('a portal that looks first and then writes', () => {
  let portal: World
  beforeAll(async () => {
    portal = await world({ more: { trust: manyMoves } })
    await withoutThePromise(portal)
  })
  afterAll(() => portal.stop())

  it('is caught, or this check is worth nothing', { timeout: 300_000 }, async () => {
    const samples = fc.sample(plans, 8)
    let caught = 0
    for (const chosen of samples) {
      const scene = await aScene(portal, people, 3)
      if ((await impossible(scene, chosen, byLookingFirst(portal))).length) caught += 1
    }
    console.log(`the planted race was caught in ${caught} of ${samples.length} histories`)
    expect(caught).toBeGreaterThanOrEqual(samples.length * 0.75)
  })
})
