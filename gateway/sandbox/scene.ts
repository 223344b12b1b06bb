import { useRef, useState } from 'react'
import type { Reader } from '../reference/reader.ts'
import { placeOf, type TabRow, Tabs } from './tabs.ts'
import type { Values } from './values.ts'

/** What stands in the editor: whose tabs, and which of them is in front. */
export interface Scene extends TabRow {
  /** A new number is a new editor. */
  number: number
  /** Grows when a tab is brought to the front, also for the second time. */
  turn: number
  reader: Reader
}

const memory = new Tabs()

/** The scene, what has become of its tabs in the editor, and the ways to another. */
export function useScene(first: Reader) {
  const [scene, setScene] = useState<Scene>(() => ({ number: 0, turn: 0, reader: first, ...memory.of(first, {}) }))
  const row = useRef<TabRow>(scene)

  const show = (reader: Reader, next: TabRow) => {
    row.current = next
    setScene((it) => ({ number: it.number + 1, turn: it.turn + 1, reader, ...next }))
  }

  /** The tabs of a reader, as they were left, filled in for whoever asks now. */
  const change = (reader: Reader, values: Values, example?: string) => {
    memory.keep(scene.reader, row.current)
    const next = memory.of(reader, values)
    const place = example === undefined ? -1 : placeOf(next.tabs, example)
    show(reader, place < 0 ? next : { ...next, front: place })
  }

  /** An example of the reader who asks already: where it stands, or once more when its tab was closed. */
  const openExample = (name: string, values: Values) => {
    const { tabs } = row.current
    const place = placeOf(tabs, name)
    if (place >= 0) return setScene((it) => ({ ...it, turn: it.turn + 1, tabs, front: place }))
    const again = memory.again(scene.reader, name, values)
    if (again) show(scene.reader, { tabs: [...tabs, again], front: tabs.length })
  }

  const noteTabs = (now: TabRow) => void (row.current = now)
  return { scene, change, openExample, noteTabs }
}
