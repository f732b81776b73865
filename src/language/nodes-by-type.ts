import type { Node, NodeOf, NodeType } from './syntax.js';

/** The nodes of one module by their type: most questions are about a few of them, and a walk through all costs as much as following them. */
export class NodesByType {
  readonly #lists = new Map<string, Node[]>();

  /** Parents come before their children, and what stands first comes first. */
  add(node: Node): void {
    const list = this.#lists.get(node.type);
    if (list) list.push(node);
    else this.#lists.set(node.type, [node]);
  }

  /** In the order in which `walk` would come to them. */
  of<T extends NodeType>(type: T): readonly NodeOf<T>[] {
    return (this.#lists.get(type) ?? []) as readonly Node[] as readonly NodeOf<T>[];
  }

  /** Those of several types, in the order of their starts; what is around another comes first. */
  ofAny<T extends NodeType>(...types: readonly T[]): readonly NodeOf<T>[] {
    return types.flatMap((type) => this.of(type) as readonly NodeOf<T>[]).sort((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1]);
  }
}
