/** As much of better-sqlite3 as is needed here. */
interface Preparing<Statement> {
  prepare(sql: string): Statement
}

const most = 500

/**
 * Reading the text of a statement is up to half the work of a small query, and the same few come again and again: each is
 * read once and kept, the ones not used for longest are let go. Two runs of one statement must not overlap, so stream none.
 */
export function keepStatements<Statement extends object>(database: Preparing<Statement>): void {
  const prepare = database.prepare.bind(database)
  const kept = new Map<string, Statement>()
  database.prepare = (sql) => {
    const statement = kept.get(sql) ?? prepare(sql)
    kept.delete(sql)
    kept.set(sql, statement)
    const [oldest] = kept.size > most ? kept.keys() : []
    if (oldest !== undefined) kept.delete(oldest)
    return statement
  }
}
