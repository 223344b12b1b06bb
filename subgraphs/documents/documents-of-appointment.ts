import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import { batched } from '../runtime/batch.ts'
import type { Context } from '../runtime/context.ts'
import { largestPage } from '../runtime/page.ts'
import { Role } from '../runtime/viewer.ts'
import { AppointmentStub } from './appointment.stub.ts'
import { ClinicalDocument } from './clinical-document.ts'
import { AnyDocument } from './hospital-document.entity.ts'
import { shown, type ShownDocument } from './shown-document.ts'

@Resolver(() => AppointmentStub)
export class DocumentsOfAppointment {
  @Auth({ roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF })
  // Whose it is comes along: no document may say it.
  @Directive('@requires(fields: "patient { id }")')
  @FieldResolver(() => [ClinicalDocument], {
    description: 'Everything this hospital wrote about it that the patient can see, the newest first: at most 50.',
  })
  async documents(@Root() appointment: AppointmentStub, @Ctx() context: Context) {
    return (await documentsAbout(context, appointment.id)) ?? []
  }
}

const documentsAbout = batched(async (context, appointmentIds) => {
  const where = { appointmentId: { $in: [...appointmentIds] } }
  const rows = await context.em.find(AnyDocument, where, { orderBy: { writtenAt: 'desc', id: 'desc' } })
  const about = new Map<string, ShownDocument[]>()
  for (const row of rows) {
    const id = row.appointmentId ?? ''
    const before = about.get(id) ?? []
    if (before.length < largestPage) about.set(id, [...before, shown(context, row)])
  }
  return about
})
