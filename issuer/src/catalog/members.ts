/** The members of a value that may be anything; none of what is no object. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** The items of a value that may be anything; none of what is no list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The parts of a product document whose ids are for life. */
export const sections = ['pools', 'meters', 'kinds', 'operations', 'features', 'roles', 'offers'] as const;

export type Section = (typeof sections)[number];

/** What an id of a section is called. */
export const sectionWords: Readonly<Record<Section, string>> = {
  pools: 'a pool',
  meters: 'a meter',
  kinds: 'a kind',
  operations: 'an operation',
  features: 'a feature',
  roles: 'a role',
  offers: 'an offer',
};
