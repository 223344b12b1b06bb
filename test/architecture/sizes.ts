import type { Rule } from './arrows.ts'
import { isForTests } from './place.ts'
import type { Source } from './source.ts'

export const noFileIsLong: Rule = (house) =>
  house.filter(({ lines }) => lines > 400).map(({ path, lines }) => `${path} has ${lines} lines; 400 is the most`)

/** Small by habit: half of the files under 60 lines, nine in ten under 200. */
export const filesAreSmall: Rule = (house) => {
  const { half, nineInTen } = sizesOf(house)
  return [
    ...(half >= 60 ? [`half of the files should be under 60 lines; the middle one has ${half}`] : []),
    ...(nineInTen >= 200 ? [`nine files in ten should be under 200 lines; the ninth has ${nineInTen}`] : []),
  ]
}

/** How long the product's files are; tests do not count. */
export function sizesOf(house: Source[]): { files: number; half: number; nineInTen: number; longest: number } {
  const lines = house
    .filter(({ path }) => !isForTests(path))
    .map((source) => source.lines)
    .sort((a, b) => a - b)
  const at = (share: number) => lines[Math.ceil(lines.length * share) - 1] ?? 0
  return { files: lines.length, half: at(0.5), nineInTen: at(0.9), longest: at(1) }
}
