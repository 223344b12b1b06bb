import DataLoader from 'dataloader'
import type { Context } from './context.ts'

type Load<Value> = (context: Context, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>

/**
 * Loads many things that one request asks for one by one, in one query. The gateway asks for the same entity as often as it
 * meets it, so every reference resolver goes through this.
 */
export function batched<Value>(load: Load<Value>): (context: Context, key: string) => Promise<Value | null> {
  const loaders = new WeakMap<Context, DataLoader<string, Value | null>>()
  return (context, key) => {
    let loader = loaders.get(context)
    if (!loader) {
      loader = new DataLoader(
        async (keys) => {
          const found = await load(context, [...new Set(keys)])
          return keys.map((it) => found.get(it) ?? null)
        },
        // Nothing is remembered: the next mutation of the same request may change it.
        { cache: false },
      )
      loaders.set(context, loader)
    }
    return loader.load(key)
  }
}
