import { codes } from './codes.ts'

/*
 * Codes of LOINC (loinc.org), by what the rules of release need to know of them. What is in none of the lists is unknown: a
 * clinician looks first. Numbers are grouped as UK laboratories group their panels.
 */

/** Measured in blood or urine, reported as a number, and of none of the kinds below. */
export const numericInLoinc = codes({
  'full blood count, as panels': '58410-2 57021-8 57782-5',
  'its values: haemoglobin, cells, indices':
    '718-7 6690-2 26464-8 777-3 26515-7 789-8 26453-1 4544-3 20570-8 787-2 30428-7 785-6 28539-5 786-4 28540-3 788-0 30384-2 21000-5 32623-1 28542-9',
  'white cells, by number': '751-8 26499-4 731-0 26474-7 742-7 26484-6 711-2 26449-9 704-7 26444-0',
  'white cells, in per cent': '770-8 26511-6 736-9 26478-8 5905-5 26485-3 713-8 26450-7 706-2 30180-4',
  'kidney and metabolic panels': '24362-6 24321-2 51990-0 24323-8 24326-1',
  'sodium to creatinine': '2951-2 2823-3 2075-0 1963-8 2028-9 22664-7 3094-0 6299-2 14682-9 2160-0',
  'estimated filtration rate': '33914-3 48642-3 48643-1 62238-1 98979-8',
  liver: '24325-3 1742-6 1920-8 6768-6 2324-2 14631-6 1975-2 14629-0 1968-7 1751-7 2885-2 10834-0',
  'bone, magnesium, urate': '2000-8 17861-6 29265-6 14879-1 2777-1 2601-3 19123-9 14933-6 3084-1',
  lipids: '24331-1 57698-3 14647-2 2093-3 14646-4 2085-9 39469-2 13457-7 18262-6 14927-8 2571-8 70204-3 43396-1 9830-1',
  sugar: '4548-4 59261-8 17856-6 14749-6 2345-7 15074-8 2339-0 14771-0 1558-6',
  inflammation: '1988-5 30522-7 30341-2 4537-7',
  thyroid: '3016-3 11580-8 14920-3 3024-7 14928-6 3051-0',
  'iron and vitamins': '2276-4 2498-4 14798-3 3034-6 2502-3 2132-9 14685-2 2284-8 14732-2 14635-7 1989-3 62292-8',
  clotting: '6301-6 34714-6 5902-2 5964-2 3173-2 14979-9 3255-7',
  enzymes: '2157-6 2532-0 14804-9 1798-8 3040-3',
  'albumin in urine': '9318-7 14959-1 14958-3',
})

/** Histology and cytology, genetics, HIV, tumour markers. */
export const clinicianOnlyInLoinc = codes({
  histology: '11526-1 11529-5 22634-0 22635-7 22636-5 22637-3 22638-1 22639-9 34574-4 60567-5 60568-3 27898-6 66746-9',
  cytology: '33717-0 33718-8 47526-9 47527-7 47528-5 19762-4 10524-7 10525-4',
  genetics:
    '51969-4 51968-6 55233-1 81247-9 81250-3 29770-5 48018-6 48004-6 48005-3 69548-6 53037-8 21636-6 21638-2 21667-1',
  HIV: '56888-1 75622-1 31201-7 29893-5 30361-0 7917-8 7918-6 5221-7 22356-0 22357-8 68961-2 80203-3',
  'HIV load and CD4 cells': '20447-9 25836-8 29541-0 48510-2 62469-2 24467-3 8123-2 49890-7',
  'prostate specific antigen': '2857-1 10886-0 12841-3 19195-7 19197-3 35741-8 83112-3 83113-1',
  'CA 125, CA 19-9, CA 15-3, CA 27-29, CEA': '10334-1 83082-8 24108-3 83084-4 6875-9 83083-6 2039-6 19166-8 17842-6',
  'AFP, microglobulin, paraprotein': '1834-1 19176-7 53962-7 1952-1 33358-3 51435-6',
})

/** A picture, or a report in words. */
export const reportsInLoinc = codes({
  imaging: '18748-4 30746-2 36643-5 24627-2 18782-3 68604-8 18726-0 59776-5 19005-8',
  'laboratory and microbiology reports': '11502-2 18725-2',
  cultures: '600-7 630-4 6463-4 43409-2 580-1 626-2',
})
