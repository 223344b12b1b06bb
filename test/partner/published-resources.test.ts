import type { Resource } from '@medplum/fhirtypes'
import { afterAll, describe, expect, it } from 'vitest'
import { Validation } from '../../subgraphs/documents/partners/validation.ts'
import { examples, madeUpPatients } from './published-resources.ts'

const validation = new Validation()
afterAll(() => validation.stop())

/** Which of them are not as FHIR has it, and where. */
async function faultyOf(resources: Resource[]) {
  const faults = await validation.faultsOf(resources, AbortSignal.timeout(60_000))
  return resources.flatMap(({ resourceType, id }, index) =>
    faults[index]?.length ? [{ resource: `${resourceType}/${id}`, faults: faults[index] }] : [],
  )
}

describe('what others have published', () => {
  it('is taken as it is but for 2 of the 461 resources of made-up patients', async () => {
    const resources = madeUpPatients()
    expect(resources).toHaveLength(461)
    expect(await faultyOf(resources)).toEqual([
      { resource: 'Condition/9934bc4f-58af-4ecf-bb70-b7cc31987fc5', faults: ['structure Condition.category'] },
      {
        resource: 'Observation/9c15c801-6bb5-47a7-a9db-8bad0cb6aa68',
        faults: ['structure Observation.value[x]'],
      },
    ])
  })

  it('is taken as it is but for 2 of the 110 examples, which hold a resource that R4 does not have', async () => {
    const resources = examples()
    expect(resources).toHaveLength(110)
    expect(await faultyOf(resources)).toEqual([
      { resource: 'DiagnosticReport/f001', faults: ['invalid'] },
      { resource: 'DiagnosticReport/micro', faults: ['invalid'] },
    ])
  })
})
