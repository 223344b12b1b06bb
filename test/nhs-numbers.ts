/** A made-up NHS number that passes the check, from the range that is never given to anybody (999…). */
export function anNhsNumber(count: number): string {
  for (let serial = count * 11; ; serial += 1) {
    const nine = `999${String(serial).padStart(6, '0')}`
    const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) return `${nine}${check}`
  }
}
