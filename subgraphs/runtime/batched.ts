import DataLoader from 'dataloader'
import type { EntityClass, FilterQuery } from '@mikro-orm/core'
import type { Context } from './context.ts'

/** Reads rows by a key, the viewer's only: one query for all the keys that one request asks for at once. */
export function batched<Row extends object>(entity: EntityClass<Row>, key: keyof Row & string) {
  const loaders = new WeakMap<Context, DataLoader<string, Row | null>>()
  return (context: Context, value: string): Promise<Row | null> => {
    const loader = loaders.get(context) ?? new DataLoader(rowsBy(entity, key, context))
    loaders.set(context, loader)
    return loader.load(value)
  }
}

const rowsBy =
  <Row extends object>(entity: EntityClass<Row>, key: keyof Row & string, { em }: Context) =>
  async (values: readonly string[]): Promise<(Row | null)[]> => {
    const rows = await em.find<Row>(entity, { [key]: { $in: [...values] } } as FilterQuery<NoInfer<Row>>)
    const byKey = new Map(rows.map((row): [unknown, Row] => [(row as Row)[key], row]))
    return values.map((value) => byKey.get(value) ?? null)
  }
