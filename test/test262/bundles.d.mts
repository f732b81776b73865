export function buildRealms(folder: string): Promise<Record<'machinery' | 'subject', string>>;
export function buildMain(folder: string): Promise<string>;
