import type { Node, ParsedModule } from '../../language/index.js';

/** The text of a node of a module, as it is written there. */
export function textOf({ range: [start, end] }: Node, { module: { source } }: { readonly module: ParsedModule }): string {
  return source.text.slice(start, end);
}

/** What gives the text of any node of a module. */
export function textIn(owner: { readonly module: ParsedModule }): (node: Node) => string {
  return (node) => textOf(node, owner);
}
