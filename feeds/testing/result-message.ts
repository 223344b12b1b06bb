/** A result of one panel with these OBX, of a person the message says enough of. */
export const panel = (
  observations: string[],
  { obr = {} as Record<number, string>, pid = 'RWG7^^^RWG^MR||Reed^Ada||19800102', controlId = 'R-1', pv1 = '' } = {},
) => {
  const usual = { 1: '1', 3: 'F-1', 4: 'P^Panel^L', 7: '202611210800', 22: '202611210900', 25: 'F' }
  const fields: Record<number, string> = { ...usual, ...obr }
  return [
    `MSH|^~\\&|LAB|RWGLAB|PORTAL|RWG|20261121100000||ORU^R01|${controlId}|P|2.5`,
    `PID|1||${pid}`,
    ...(pv1 === '' ? [] : [pv1]),
    `OBR|${Array.from({ length: 29 }, (_, field) => fields[field + 1] ?? '').join('|')}`,
    ...observations,
  ].join('\r')
}
/** A value nothing is wrong with. */
export const one = 'OBX|1|NM|HB^Haemoglobin^L||135|g/L|115-165|N|||F'
