import { randomUUID } from 'node:crypto'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { type ChangeRequest, ChangeRequestStep } from './change-request.entity.ts'
import type { ChangeRequestStepKind } from './change-request-status.ts'
import { staffNameOf } from './staff-name.ts'

/**
 * Writes down what happened to a request, and who of the staff did it. Its appointment must be locked: steps are counted.
 */
export async function takeStep(context: Context, request: ChangeRequest, kind: ChangeRequestStepKind): Promise<void> {
  const { em, clock, viewer } = context
  const { id: requestId, patientId, clinicCode } = request
  em.create(ChangeRequestStep, {
    id: randomUUID(),
    requestId,
    sequence: (await em.count(ChangeRequestStep, { requestId })) + 1,
    patientId,
    clinicCode,
    at: clock.now(),
    kind,
    staffName: viewer.role === Role.STAFF ? staffNameOf(viewer) : null,
  })
}
