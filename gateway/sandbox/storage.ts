const kept = new Map<string, string>()

/** What the editor wants to remember, forgotten with the tab: operations may hold somebody's details. */
export const forThisTabOnly: Storage = {
  get length() {
    return kept.size
  },
  clear: () => kept.clear(),
  getItem: (key) => kept.get(key) ?? null,
  key: (index) => [...kept.keys()][index] ?? null,
  removeItem: (key) => void kept.delete(key),
  setItem: (key, value) => void kept.set(key, value),
}
