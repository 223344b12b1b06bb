import type { Context } from '../../runtime/context.ts'
import { isShared, type Word } from './decisive-word.ts'
import { everyOrganisation } from './sharing-agreement.entity.ts'
import { sharingCategories, type SharingCategory } from './sharing-terms.ts'

/** Whom a partner asks for, and which organisation it is of. */
export interface Asked {
  nhsNumber: string
  bornOn: string
  /** Whoever was born later is under age. */
  latestBirthDate: string
  organisationCode: string
}

/**
 * Somebody who could use the portal, and the records that were merged into theirs. There is always a first record: the one of
 * nobody, '', is looked for in the same places as anybody's.
 */
const records = `"record" ("id", "step") as (
  select coalesce((
    select "id" from "patient"
    where "nhs_number" = ? and "born_on" = ? and "born_on" <= ? and "merged_into_id" is null
      and "deceased_at" is null and not "former_deceased" and not "sensitive" and not "former_sensitive"
  ), ''), 0
  union all
  select "patient"."id", "record"."step" + 1 from "patient" join "record" on "patient"."merged_into_id" = "record"."id"
  where "record"."step" < 50
)`

/** Asked for each of the two by itself: each is found by the index. */
const saidOf = (organisation: string) => `
    select "said".* from "sharing_agreement" as "said"
    where "said"."patient_id" in (select "id" from "record") and "said"."organisation_code" = ${organisation}
      and "said"."ended_at" is null`

/** The decisive word on each category, in the order of decisive-word.ts. One row each, also of nobody. */
const decisiveWords = `
  with recursive ${records},
  "category" ("name") as (values ${sharingCategories.map((it) => `('${it}')`).join(', ')}),
  "said" as (${saidOf('?')} union all ${saidOf(`'${everyOrganisation}'`)}
  ),
  "word" as (
    select "said"."category", "said"."basis", "said"."until", row_number() over (
      partition by "said"."category"
      order by case "said"."said_by" when 'PATIENT' then 0 else 1 end, "said"."said_at" desc, "said"."basis" is not null,
        "said"."until" nulls last
    ) as "place"
    from "said"
  )
  select "category"."name" as "category", "word"."basis", "word"."until"
  from "category" left join "word" on "word"."category" = "category"."name" and "word"."place" = 1`

const recordIds = `with recursive ${records} select "id" from "record" order by "step", "id"`

/**
 * What the person asked for shares with the organisation that asks. In plain SQL, which loads no row of anybody, and in one
 * statement with one row for each category: so it costs the same for everybody, and for nobody.
 */
export async function sharedBy({ em, clock }: Context, asked: Asked): Promise<SharingCategory[]> {
  const { nhsNumber, bornOn, latestBirthDate, organisationCode } = asked
  const words = await em.execute<RawWord[]>(decisiveWords, [nhsNumber, bornOn, latestBirthDate, organisationCode])
  const now = clock.now()
  const open = words.filter((it) => isShared({ ...it, until: it.until == null ? null : new Date(it.until) }, now))
  return sharingCategories.filter((it) => open.some(({ category }) => category === it))
}

/** An instant is a number in SQLite. */
type RawWord = Pick<Word, 'category' | 'basis'> & { until: number | string | null }

/** Every id of somebody who shares something, the surviving record's first. */
export async function idsOf({ em }: Context, { nhsNumber, bornOn, latestBirthDate }: Asked): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(recordIds, [nhsNumber, bornOn, latestBirthDate])
  return rows.map(({ id }) => id)
}
