const kept = new Map<string, string>()
/** Which tabs there are, and what is in them, is for the sandbox to say: it depends on who asks. */
const isOfTabs = /:(?:tabState|query|variables|headers)$/

/** What the editor wants to remember of itself, forgotten with the tab of the browser: operations may hold somebody's details. */
export const forThisTabOnly: Storage = {
  get length() {
    return kept.size
  },
  clear: () => kept.clear(),
  getItem: (key) => kept.get(key) ?? null,
  key: (index) => [...kept.keys()][index] ?? null,
  removeItem: (key) => void kept.delete(key),
  setItem: (key, value) => void (isOfTabs.test(key) || kept.set(key, value)),
}
