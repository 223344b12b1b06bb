/** Where a partner hospital of the demonstration answers, below its own address. */
export const fhirPath = '/fhir/R4'
export const tokenPath = '/oauth2/token'

export const partnerAddresses = (host: string, port: number) => {
  const url = `http://${host}:${port}`
  return { url, fhirUrl: `${url}${fhirPath}`, tokenUrl: `${url}${tokenPath}` }
}
