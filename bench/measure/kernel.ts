import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second, whatever the machine. */
const millisecondsPerTick = 10
const pageBytes = 4096

/** CPU time that these processes have used so far. */
export const cpuMilliseconds = (pids: readonly number[]): number => sum(pids.map(cpuOf))

/** Memory in use by these processes, in MB. */
export const megabytes = (pids: readonly number[]): number => sum(pids.map(residentOf)) / 2 ** 20

/** A process and all that it has started. */
export function familyOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(familyOf)]
}

function cpuOf(pid: number): number {
  // The name of the program, in brackets, may hold spaces: fields are counted after it.
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick
}

const residentOf = (pid: number) => Number(read(`/proc/${pid}/statm`).split(' ')[1]) * pageBytes

const read = (file: string) => readFileSync(file, 'utf8').trim()
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
