interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties: { readonly rules: { readonly properties: Readonly<Record<string, object>> } };
}

export function configurationSchema(): Schema;
export function writeSchema(): void;
