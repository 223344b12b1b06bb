/** An e-mail address, its domain in small letters; undefined when it cannot be one. Only a code sent to it proves that it works. */
export function emailAddress(written: string): string | undefined {
  const plain = written.trim().replace(/^mailto:/i, '')
  const [, name = '', domain = ''] = /^([^\s@<>,;:"()[\]\\]{1,64})@([^\s@]{3,253})$/.exec(plain) ?? []
  const labels = domain.toLowerCase().split('.')
  const usable = labels.length > 1 && labels.every((label) => /^[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?$/u.test(label))
  const dots = name.startsWith('.') || name.endsWith('.') || name.includes('..')
  return usable && !dots ? `${name}@${labels.join('.')}` : undefined
}
