import { Field, ID, ObjectType } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { decisiveWord, isShared } from './decisive-word.ts'
import type { PartnerOrganisation } from './partner-organisations.ts'
import { type SharingAgreement, Speaker } from './sharing-agreement.entity.ts'
import { SharingBasis, sharingCategories, SharingCategory } from './sharing-terms.ts'
import { sharingVersion } from './sharing-version.ts'

const mine = { roles: [Role.PATIENT], relation: Relation.SELF }

@ObjectType({ description: 'One category of a record, and whether one organisation may see it now.' })
export class SharedCategory {
  readonly ownerId: string

  @Auth(mine)
  @Field(() => SharingCategory, { description: 'Which.' })
  category: SharingCategory

  @Auth(mine)
  @Field(() => Boolean, { description: 'True when the organisation may see it at its next request.' })
  shared: boolean

  @Auth(mine)
  @Field(() => SharingBasis, { nullable: true, description: 'Why; null when it is not shared.' })
  basis: SharingBasis | null

  @Auth(mine)
  @Field(() => Boolean, {
    description:
      'True when the patient decided it: that it is shared, or that it is not, for this organisation or for all of them.',
  })
  chosen: boolean

  @Auth(mine)
  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when it is shared, or is not any more; null when nothing was ever said.',
  })
  since: Date | null

  @Auth(mine)
  @Field(() => DateTime, { nullable: true, description: 'When the sharing ends by itself; null when it does not.' })
  until: Date | null

  constructor(ownerId: string, category: SharingCategory, words: readonly SharingAgreement[], now: Date) {
    const word = decisiveWord(words, category)
    const over = word?.until != null && word.until <= now
    this.ownerId = ownerId
    this.category = category
    this.shared = isShared(word, now)
    this.basis = this.shared ? (word?.basis ?? null) : null
    this.chosen = word?.saidBy === Speaker.PATIENT
    this.since = (over ? word.until : word?.since) ?? null
    this.until = this.shared ? (word?.until ?? null) : null
  }
}

@ObjectType({ description: 'An organisation that can be shown records, and what of this person it may see.' })
export class OrganisationSharing {
  readonly ownerId: string

  @Auth(mine)
  @Field(() => ID, { description: 'Its ODS code: RAL.' })
  organisationCode: string

  @Auth(mine)
  @Field(() => String, { description: 'Its name: Royal Free London NHS Foundation Trust.' })
  organisationName: string

  @Auth(mine)
  @Field(() => [SharedCategory], { description: 'One for each category, in the order of the enum.' })
  categories: SharedCategory[]

  @Auth(mine)
  @Field(() => ID, {
    description:
      'Which state of things this is: another one as soon as anything of it changes. Send it along with a choice, so that nothing is chosen that was not seen.',
  })
  version: string

  constructor(ownerId: string, { code, name }: PartnerOrganisation, words: readonly SharingAgreement[], now: Date) {
    this.ownerId = ownerId
    this.organisationCode = code
    this.organisationName = name
    this.version = sharingVersion(words, now)
    this.categories = sharingCategories.map((it) => new SharedCategory(ownerId, it, words, now))
  }
}
