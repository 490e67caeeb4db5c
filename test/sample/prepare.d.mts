export const CATALOGS: readonly string[];
export function guideExamples(): Promise<ReadonlyMap<string, string>>;
export function prepare(folder: string): Promise<void>;
