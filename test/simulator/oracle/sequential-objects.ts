import { SequentialSpecification, type Operation } from '../../../src/simulator/oracle/index.js';

type SequentialObject = Record<string, (...args: never[]) => unknown>;

/** Sequential objects, as a scenario's author writes them. */
export const queue = (): SequentialObject => {
  const items: number[] = [];
  return { push: (item: number) => { items.push(item); }, shift: () => items.shift() };
};
export const stack = (): SequentialObject => {
  const items: number[] = [];
  return { push: (item: number) => { items.push(item); }, pop: () => items.pop() };
};
export const register = (): SequentialObject => {
  let value = 0;
  return { read: () => value, write: (next: number) => { value = next; }, swap: (next: number) => { const old = value; value = next; return old; } };
};

export function answersOf(make: () => SequentialObject, operations: readonly Operation[]): string {
  const object = make() as Record<string, (...args: unknown[]) => unknown>;
  return operations.map(({ method, args }) => {
    try {
      return String(object[method]!(...(JSON.parse(args) as unknown[])));
    } catch (error) {
      return `throws ${(error as Error).name}`;
    }
  }).at(-1)!;
}

export function specificationOf(make: () => SequentialObject): SequentialSpecification {
  return new SequentialSpecification((operations) => ({ result: answersOf(make, operations) }));
}
