/** A date as it stands on a page: "Monday 6 August 2018". */
export const inWords = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(date)).replace(',', '')
