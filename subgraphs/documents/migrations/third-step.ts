import type { Execute, SchemaStep } from '../../runtime/migration.ts'
import { type LetterContent, wordsOf } from '../booking-letters/letter-content.ts'
import { searchable } from '../searchable.ts'

interface Row {
  readonly id: string
  /** SQLite gives JSON as text. */
  readonly content: LetterContent | string
}
const atOnce = 500

const searchTextOf = ({ content }: Row): string => {
  const { title, sections } = typeof content === 'string' ? (JSON.parse(content) as LetterContent) : content
  return searchable(title, ...wordsOf(sections))
}

async function rewrite(execute: Execute): Promise<void> {
  let rows: Row[] = []
  do {
    const after = rows.at(-1)?.id ?? ''
    rows = await execute<Row>(
      `select "id", "content" from "document" where "form" = 'BOOKING_LETTER' and "id" > ? order by "id" limit ${atOnce}`,
      [after],
    )
    for (const row of rows)
      await execute(`update "document" set "search_text" = ? where "id" = ?`, [searchTextOf(row), row.id])
  } while (rows.length === atOnce)
}

/** Letters of before are found by the same words as those that are written now: SQLite has no way to take accents away. */
export const thirdDocumentsStep: SchemaStep = {
  name: '0003-words-of-letters',
  sqlite: [],
  postgresql: [],
  rewrite,
}
