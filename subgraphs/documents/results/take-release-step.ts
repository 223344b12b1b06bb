import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/sql'
import type { Clock } from '../../runtime/clock.ts'
import { Role, type Viewer } from '../../runtime/viewer.ts'
import { ReleaseStep } from './release-step.entity.ts'
import type { ReleaseAct } from './release-words.ts'
import type { TestResult } from './test-result.entity.ts'

interface Actor {
  readonly em: EntityManager
  readonly clock: Clock
  /** Left out: nobody, its time came. */
  readonly viewer?: Viewer
}

/** Writes down what was done to how a result comes to be open, and who did it. The result must be locked: steps are counted. */
export function takeReleaseStep(
  { em, clock, viewer }: Actor,
  result: TestResult,
  act: ReleaseAct,
  reason?: string,
): void {
  result.releaseSteps += 1
  em.create(ReleaseStep, {
    id: randomUUID(),
    resultId: result.id,
    sequence: result.releaseSteps,
    patientId: result.patientId,
    clinicCode: result.clinicCode,
    at: clock.now(),
    act,
    byActorId: viewer?.actorId ?? null,
    byName: viewer?.role === Role.STAFF ? (viewer.name ?? null) : null,
    reason: reason ?? null,
  })
}
