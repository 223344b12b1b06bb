import { Migration } from '@mikro-orm/migrations'

/** Asks the database something, in the transaction of the step. */
export type Execute = <Row>(statement: string, values?: unknown[]) => Promise<Row[]>

/** One step of a database's life, written for both engines. Never changed once released. */
export interface SchemaStep {
  readonly name: string
  readonly sqlite: readonly string[]
  readonly postgresql: readonly string[]
  /** What no SQL of both engines can do. It comes before the statements. */
  readonly rewrite?: (execute: Execute) => Promise<void>
}

export const migrationsList = (steps: readonly SchemaStep[], engine: 'sqlite' | 'postgresql') =>
  steps.map((step) => ({
    name: step.name,
    class: class extends Migration {
      override async up() {
        await step.rewrite?.(async (statement, values) => (await this.execute(statement, values)) as never)
        for (const statement of step[engine]) this.addSql(statement)
      }
    },
  }))
