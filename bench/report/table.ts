import type { Spread } from '../measure/spread.ts'

/** A table with its title; the first column names the rows. */
export interface Table {
  readonly title: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A figure with the least and the most it was. */
export function figure({ median, least, most }: Spread, unit: (value: number) => string): string {
  return least === most ? unit(median) : `${unit(median)} (${unit(least)}–${unit(most)})`
}

export const whole = (value: number) => Math.round(value).toLocaleString('en-GB')
export const milliseconds = (value: number) =>
  value < 0.1 ? value.toFixed(3) : value < 10 ? value.toFixed(2) : value.toFixed(0)
export const times = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} x`
export const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)}`

/** For a terminal: columns under each other. */
export function asText({ title, heads, rows }: Table): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [title, line(heads), ...rows.map(line), ''].join('\n')
}

/** For the documentation. */
export function asMarkdown({ title, heads, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = heads.map((_, column) => (column === 0 ? '---' : '---:'))
  return [`### ${title}`, '', line(heads), line(rule), ...rows.map(line), ''].join('\n')
}
