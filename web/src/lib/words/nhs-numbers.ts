/** An NHS number in its groups of 3, 3 and 4: "999 004 1571". */
export function nhsNumber(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')
}
