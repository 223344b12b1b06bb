/** Deeper than anything in FHIR that is meant to be read. */
const deepest = 40

/** True when a value is nested so deep that reading it could exhaust the stack. Looks without recursion itself. */
export function isTooDeep(value: unknown): boolean {
  const toSee: [value: unknown, depth: number][] = [[value, 0]]
  for (let next = toSee.pop(); next; next = toSee.pop()) {
    const [it, depth] = next
    if (typeof it !== 'object' || it === null) continue
    if (depth > deepest) return true
    for (const inside of Object.values(it)) toSee.push([inside, depth + 1])
  }
  return false
}
