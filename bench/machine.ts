import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

/** The cores this process may use, as the kernel numbers them. */
const cores = allowedCores()
const canPin = cores.length >= 2 && spawnSync('taskset', ['--version']).status === 0

/** What is measured has one core, and the load another: neither takes time from the other. */
export type Place = 'measured' | 'load' | 'anywhere'

/** The command that runs a program on its core, where cores can be told apart. */
export function placed(place: Place, program: string, args: readonly string[]): [string, string[]] {
  if (place === 'anywhere' || !canPin) return [program, [...args]]
  return ['taskset', ['-c', String(cores[place === 'measured' ? 0 : 1]), program, ...args]]
}

/** The machine in one line, without which no figure means anything. */
export function describeMachine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const pinned = canPin ? 'what is measured on one core, the load on another' : 'cores shared with the load'
  return `${cores.length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${gigabytes} GB, Node ${process.versions.node}; ${pinned}`
}

/** Figures of CPU and memory are read where Linux keeps them. */
export function mustBeLinux(): void {
  if (process.platform !== 'linux')
    throw new Error('npm run bench reads CPU and memory from /proc: run it on Linux, or in a Linux container')
}

function allowedCores(): number[] {
  if (process.platform !== 'linux') return []
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}
