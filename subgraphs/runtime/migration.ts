import { Migration } from '@mikro-orm/migrations'

/** One step of a database's life, written for both engines. Never changed once released. */
export interface SchemaStep {
  readonly name: string
  readonly sqlite: readonly string[]
  readonly postgresql: readonly string[]
}

export const migrationsList = (steps: readonly SchemaStep[], engine: 'sqlite' | 'postgresql') =>
  steps.map((step) => ({
    name: step.name,
    class: class extends Migration {
      override up() {
        for (const statement of step[engine]) this.addSql(statement)
      }
    },
  }))
