import { readFileSync } from 'node:fs'
import { day, decimal, envelope, group, identityMap, text, whole } from '../../../emulator/seed/fields.ts'

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/crm/${name}`, import.meta.url), 'utf8')

/** A typical CRM export, a mapping set for it, and the expected records, which were written by hand. */
export const crm = {
  csv: fixture('profiles.csv'),
  mapping: fixture('mapping.json'),
  records: JSON.parse(fixture('profiles.json')) as readonly object[],
  schema: {
    ...envelope('https://ns.adobe.com/emutenant/schemas/crm', 'CRM profiles', [
      'https://ns.adobe.com/xdm/context/profile',
      'https://ns.adobe.com/xdm/data/record',
      'https://ns.adobe.com/xdm/context/identitymap',
    ]),
    properties: {
      identityMap,
      person: group({
        name: group({ courtesyTitle: text, firstName: text, lastName: text }),
        birthDate: day,
        birthYear: whole,
      }),
      homePhone: group({ number: text }),
      personalEmail: group({ address: text }),
      homeAddress: group({
        street1: text,
        postalCode: text,
        _schema: group({ latitude: decimal, longitude: decimal }),
      }),
    },
  },
}
