/** Name and text of every file in `data/`. */
export function generateData(): readonly (readonly [name: string, text: string])[];
