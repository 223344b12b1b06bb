import type { Resource } from '@medplum/fhirtypes'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { portalWithPartners, type PortalWithPartners, sourceAt } from './portal-with-partners.ts'
import { examples, madeUpPatients } from './published-resources.ts'
import { aPatient, recordsThere, theOtherPatient } from './records.ts'
import { answering, type ScriptedPartner, startScriptedPartner } from './scripted-partner.ts'

const resourcesInAll = 12_000
const resourcesAtATime = 60
const secretOfAnother = 'what is said of somebody else'

let partner: ScriptedPartner
let portal: PortalWithPartners
beforeAll(async () => {
  partner = await startScriptedPartner()
  portal = await portalWithPartners([sourceAt(partner)], {
    failuresToOpen: Number.MAX_SAFE_INTEGER,
    // However busy the machine is: what is looked for here is not slowness.
    totalMilliseconds: 30_000,
  })
})
afterAll(async () => {
  await portal.stop()
  await partner.stop()
})

const types = ['DiagnosticReport', 'Observation', 'DocumentReference', 'Composition']
const published = [...madeUpPatients(), ...examples(), ...recordsThere()].filter((it) =>
  types.includes(it.resourceType),
)
const ofType = types.map((type) => published.filter(({ resourceType }) => resourceType === type))
const laboratory = [{ coding: [{ code: 'laboratory' }] }]
const of = (id: string, resource: Resource) => ({
  ...resource,
  ...(resource.resourceType === 'Observation' && { category: laboratory }),
  subject: { reference: `Patient/${id}` },
})
/** Of somebody else, in all else as right as the original: what it is called is a secret. */
function ofAnother(resource: Resource): object {
  const theirs = of('bernard', resource)
  if (resource.resourceType === 'DocumentReference') return { ...theirs, description: secretOfAnother }
  if (resource.resourceType === 'Composition') return { ...theirs, title: secretOfAnother }
  return { ...theirs, code: { text: secretOfAnother } }
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    'Patient/bernard',
    '#x',
    '<script>alert(1)</script>',
    '2026-11-20T09:30:00',
    '2026',
    '\u0000',
    '1e999',
  ),
  fc.constant(Array.from({ length: 60 }).reduce((inside) => ({ inside }), {})),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
type Step = [where: number, name: string, what: unknown, how: 'PUT' | 'DROP' | 'TWICE']
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.nat(),
  // Most often wherever it falls; sometimes where it hurts.
  fc.oneof(
    { weight: 5, arbitrary: fc.constant('') },
    fc.constantFrom(
      '__proto__',
      'constructor',
      'resourceType',
      'id',
      'subject',
      'status',
      'contained',
      'result',
      'code',
    ),
  ),
  odd,
  fc.constantFrom('PUT', 'PUT', 'DROP', 'TWICE'),
)

/** Does something to one place in a resource, wherever that is. */
function changed(resource: object, [where, name, what, how]: Step): unknown {
  const copy = structuredClone(resource) as Record<string, unknown>
  const places = placesIn(copy)
  const [owner, key] = places[where % places.length] ?? ([copy, 'id'] as Place)
  const at = name && !Array.isArray(owner) ? name : key
  if (how === 'DROP') delete owner[at]
  else
    Object.defineProperty(owner, at, {
      value: how === 'TWICE' ? [owner[key], owner[key]] : what,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return copy
}

type Place = [owner: Record<string, unknown>, key: string]
const placesIn = (value: object): Place[] =>
  Object.entries(value).flatMap(([key, inside]) => [
    [value as Record<string, unknown>, key] as Place,
    ...(typeof inside === 'object' && inside !== null ? placesIn(inside as object) : []),
  ])

const mutated = fc
  .tuple(fc.nat(), fc.nat(), fc.uuid(), fc.boolean(), fc.array(step, { minLength: 1, maxLength: 2 }))
  .map(([type, which, id, isAnothers, steps]) => {
    const some = ofType[type % ofType.length] ?? []
    const original = { ...(some[which % some.length] ?? aPatient()), id } as Resource
    const start: object = isAnothers ? ofAnother(original) : of('amal', original)
    return steps.reduce<unknown>((it, next) => (typeof it === 'object' && it !== null ? changed(it, next) : it), start)
  })

const everything = `provenance { sourceId version } writtenAt
  ... on Letter { author textFromPdf sections { heading code paragraphs items } }
  ... on TestResult { panel status laboratory specimen comments report { heading paragraphs }
    observations { id name code value number comparator unit flag status comments range { text low high } } }`

/** By its own words, and nothing else, whether a resource may be this patient's. */
const mayBeShown = ({ subject }: { subject?: { reference?: unknown } }) => subject?.reference === 'Patient/amal'

it(`comes through ${resourcesInAll} broken records without a fault, and never shows somebody else's`, async () => {
  let shown = 0
  let setAside = 0
  const property = fc.asyncProperty(
    fc.array(mutated, { minLength: resourcesAtATime, maxLength: resourcesAtATime }),
    async (given) => {
      partner.answer = answering([aPatient(), theOtherPatient, ...given])
      portal.clock.pass(61)
      const { nodes, sources } = await portal.read(everything)
      const failures = portal.lines.filter((line) => line.includes('could not be asked'))
      expect([failures, ...sources.map(({ status }) => status)]).toEqual([[], 'AVAILABLE', 'AVAILABLE'])
      expect(JSON.stringify(nodes)).not.toContain(secretOfAnother)
      const theirs = given.filter((it) => typeof it === 'object' && it !== null && mayBeShown(it))
      const ids = new Set(
        theirs.map((it) => `RAL.${String((it as Resource).resourceType)}.${String((it as Resource).id)}`),
      )
      for (const { id } of nodes) expect(ids).toContain(id)
      shown += nodes.length
      setAside += sources[1]?.setAside ?? 0
    },
  )
  await fc.assert(property, { numRuns: resourcesInAll / resourcesAtATime, seed: 20261123 })
  // Some are so broken that nobody can read them, and some are not.
  expect(shown).toBeGreaterThan(resourcesInAll / 20)
  expect(setAside).toBeGreaterThan(resourcesInAll / 20)
  expect(portal.lines.join()).not.toContain(secretOfAnother)
  // Most of what is of somebody else is so plainly, and every one of these rings.
  const alarms = portal.lines.filter((line) => line.includes('RECORD_OF_ANOTHER')).length
  expect(alarms).toBeGreaterThan(resourcesInAll / 20)
  console.log(
    `${resourcesInAll} broken records: ${shown} documents shown, ${setAside} set aside, ${alarms} of somebody else`,
  )
}, 120_000)
