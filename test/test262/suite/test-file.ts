/** A test of test262: its text, and what its front matter says (INTERPRETING.md of the suite). */
export interface TestFile {
  readonly path: string;
  readonly text: string;
  readonly includes: readonly string[];
  readonly flags: readonly string[];
  readonly features: readonly string[];
  readonly negative?: { readonly phase: string; readonly type: string };
}

export function parseTest(path: string, text: string): TestFile {
  const front = /\/\*---([\s\S]*?)---\*\//.exec(text)?.[1] ?? '';
  const negative = /^negative:\s*\n((?:[ \t]+.*\n?)+)/m.exec(front)?.[1];
  return {
    path, text,
    includes: list(front, 'includes'), flags: list(front, 'flags'), features: list(front, 'features'),
    ...(negative !== undefined && { negative: { phase: field(negative, 'phase'), type: field(negative, 'type') } }),
  };
}

function field(text: string, name: string): string {
  return new RegExp(`^\\s*${name}:\\s*(\\S+)`, 'm').exec(text)?.[1] ?? '';
}

/** A list of YAML, in brackets or one item a line. */
function list(front: string, name: string): string[] {
  const inline = new RegExp(`^\\s*${name}:\\s*\\[([^\\]]*)\\]`, 'm').exec(front)?.[1];
  if (inline !== undefined) return inline.split(',').map((item) => item.trim()).filter((item) => item !== '');
  const lines = new RegExp(`^\\s*${name}:\\s*\\n((?:\\s+- .*\\n?)+)`, 'm').exec(front)?.[1] ?? '';
  return [...lines.matchAll(/- (\S+)/g)].map(([, item]) => item!);
}
