import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth, AuthOfInherited } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { ClinicalDocument, factsForReader, factsOfDocument } from '../clinical-document.ts'
import { LetterSectionType } from '../letter-section.type.ts'
import { PatientStub } from '../patient.stub.ts'
import type { ShownResult } from '../shown-document.ts'
import { ResultReleaseType } from './result-release.type.ts'
import { shownOfRelease, shownOfResult, shownOfResultToReader } from './shown-of-result.ts'
import { TestObservation } from './test-observation.entity.ts'
import { TestObservationType } from './test-observation.type.ts'
import { TestResult } from './test-result.entity.ts'
import { TestResultStatus } from './test-result-status.ts'

const untilReady = 'null until the patient can read it; staff always see it'

@AuthOfInherited(shownOfResultToReader, ClinicalDocument, factsForReader)
@AuthOfInherited(shownOfResult, ClinicalDocument, factsOfDocument)
@ObjectType('TestResult', {
  implements: ClinicalDocument,
  description: 'One panel as one laboratory or department reported it.',
})
export class TestResultType extends ClinicalDocument {
  @Auth(shownOfResult)
  @Field(() => String, { nullable: true, description: `What was asked for: "Full blood count"; ${untilReady}.` })
  panel!: string | null

  @Auth(shownOfResult)
  @Field(() => TestResultStatus, { nullable: true, description: `How far it is; ${untilReady}.` })
  status!: TestResultStatus | null

  @Auth(shownOfResult)
  @Field(() => String, { nullable: true, description: `Who asked for it; ${untilReady}.` })
  requestedBy!: string | null

  @Auth(shownOfResult)
  @Field(() => String, { nullable: true, description: `The laboratory or department; ${untilReady}.` })
  laboratory!: string | null

  @Auth(shownOfResult)
  @Field(() => String, { nullable: true, description: `What was taken: "Blood"; ${untilReady}.` })
  specimen!: string | null

  @Auth(shownOfResult)
  @Field(() => DateTime, { nullable: true, description: `When it was taken; ${untilReady}.` })
  collectedAt!: Date | null

  @Auth(shownOfResult)
  @Field(() => DateTime, { nullable: true, description: `When it was reported; ${untilReady}.` })
  reportedAt!: Date | null

  @Auth(shownOfResult)
  @Field(() => [String], {
    description: 'What the laboratory remarked on the whole. Empty until the patient can read it.',
  })
  comments!: string[]

  @Auth(shownOfResult)
  @Field(() => [LetterSectionType], {
    description: 'A report in words (imaging, histology), part by part. Empty until the patient can read it.',
  })
  report!: LetterSectionType[]
}

/** What is read only when it is asked for. */
@Resolver(() => TestResultType)
export class TestResultFields {
  @Auth(shownOfResult)
  @FieldResolver(() => [TestObservationType], {
    description: 'The values, in the order the laboratory gave them. Empty until the patient can read it.',
  })
  async observations(@Root() result: ShownResult, @Ctx() context: Context) {
    if (!result.whole) return []
    return result.values ?? (await valuesOfResult(context, result.id)) ?? []
  }

  @Auth(shownOfRelease)
  @FieldResolver(() => ResultReleaseType, {
    nullable: true,
    description: "For staff: how it comes to be open to its patient; null for a partner's.",
  })
  release(@Root() { row }: ShownResult) {
    return row instanceof TestResult ? new ResultReleaseType(row) : null
  }

  @Auth(shownOfRelease)
  @FieldResolver(() => PatientStub, { nullable: true, description: "For staff: whose it is; null for a partner's." })
  patient(@Root() { row }: ShownResult) {
    return row && new PatientStub(row.patientId)
  }
}

const valuesOfResult = batched(async ({ em }, resultIds) => {
  const where = { resultId: { $in: [...resultIds] } }
  const values = await em.find(TestObservation, where, { orderBy: { resultId: 'asc', position: 'asc' } })
  return Map.groupBy(values, (value) => value.resultId)
})
