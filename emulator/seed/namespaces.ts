/** Identity namespace overview: Adobe's namespaces have fixed numbers; the last ones belong to the organization. */
export const seededNamespaces = [
  { code: 'ECID', id: 4, idType: 'COOKIE', custom: false },
  { code: 'Email', id: 6, idType: 'Email', custom: false },
  { code: 'Phone', id: 7, idType: 'Phone', custom: false },
  { code: 'CRMID', id: 10_083_452, idType: 'CROSS_DEVICE', custom: true },
  { code: 'LoyaltyId', id: 10_083_453, idType: 'CROSS_DEVICE', custom: true },
] as const
