import { describe, expect, it } from 'vitest';
import { checkModule, constructorParameters, functionParameters, numbersNear, parametersAt, type Shape } from '../../src/language/index.js';
import type { SourceRange } from '../../src/model/index.js';

const file = 'subject.ts';
const sourceOf = (text: string): ReturnType<typeof checkModule>['source'] => checkModule({ file, text }).source;

/** Of the parameter `x` whose type is written as `type`. */
function shapeOf(type: string, declarations = ''): Shape | undefined {
  return functionParameters(sourceOf(`${declarations}\nfunction f(x: ${type}) {}`), 'f')[0]?.shape;
}

describe('the shape of a parameter', () => {
  const shapes: readonly (readonly [string, Shape])[] = [
    ['number', { kind: 'number' }], ['string', { kind: 'string' }], ['boolean', { kind: 'boolean' }], ['() => void', { kind: 'function' }], ['any', { kind: 'unknown' }],
    ["'a' | 'b'", { kind: 'choice', literals: ['"a"', '"b"'] }], ['5', { kind: 'literal', json: '5' }], ['true', { kind: 'literal', json: 'true' }],
    ['undefined | null | number', { kind: 'number' }], ['readonly string[]', { kind: 'array', element: { kind: 'string' } }], ['Array<number>', { kind: 'array', element: { kind: 'number' } }],
    ['{ a: number; b?: string }', { kind: 'record', fields: [['a', { kind: 'number' }]], optional: [['b', { kind: 'string' }]] }],
    ['{ a: number; run(): void }', { kind: 'unknown' }], ['{ a: Client }', { kind: 'unknown' }], ['Map<string, number>', { kind: 'unknown' }], ['(number)', { kind: 'number' }],
  ];
  for (const [type, shape] of shapes) it(`of type ${type}`, () => expect(shapeOf(type)).toEqual(shape));

  it('follows the declarations of its file', () => {
    const record = { kind: 'record', fields: [['id', { kind: 'string' }], ['price', { kind: 'number' }]] };
    expect(shapeOf('Item', 'interface Item { id: string; price: number }')).toEqual(record);
    expect(shapeOf('Item', 'type Item = { id: string; price: number };')).toEqual(record);
    expect(shapeOf('Item', 'interface Item extends Other { id: string }')).toEqual({ kind: 'unknown' });
  });

  it('ends where a type contains itself', () => {
    expect(shapeOf('Tree', 'interface Tree { left: Tree; value: number }')).toBeDefined();
    expect(shapeOf('Loop', 'type Loop = Loop[];')).toBeDefined();
  });
});

describe('whose parameters', () => {
  const text = [
    'class Base { constructor(readonly limit: number, name?: string) {} }',
    'class Account extends Base { async withdraw(this: Account, amount: number, ...rest: string[]) { const later = (n: string) => n; return later; } }',
    'const helper = (id = 3) => id;',
    'export default function (x: boolean) {}',
    'const Made = class { constructor(a: string) {} };',
  ].join('\n');
  const source = sourceOf(text);
  const rangeOf = (line: number, from: string, to: string): SourceRange => {
    const content = text.split('\n')[line - 1]!;
    return { file, start: { line, column: content.indexOf(from) + 1 }, end: { line, column: content.lastIndexOf(to) + to.length + 1 } };
  };

  it('of the function at a range, and not of one inside it', () => {
    expect(parametersAt(source, rangeOf(2, 'async', '; }')).map(({ name, isRest }) => [name, isRest])).toEqual([['amount', false], ['rest', true]]);
    expect(parametersAt(source, rangeOf(2, '(n: string)', '=> n')).map(({ name }) => name)).toEqual(['n']);
    expect(parametersAt(source, rangeOf(1, 'class', 'Base'))).toEqual([]);
  });
  it('of a constructor, its own or inherited', () => {
    expect(constructorParameters(source, 'Account').map(({ name, isOptional }) => [name, isOptional])).toEqual([['limit', false], ['name', true]]);
    expect(constructorParameters(source, 'Made').map(({ name }) => name)).toEqual(['a']);
    expect(constructorParameters(source, 'Missing')).toEqual([]);
    expect(constructorParameters(sourceOf('class A extends B {} class B extends A {}'), 'A')).toEqual([]);
  });
  it('of a function by its name', () => {
    expect(functionParameters(source, 'helper').map(({ name, isOptional }) => [name, isOptional])).toEqual([['id', true]]);
    expect(functionParameters(source, 'default').map(({ shape }) => shape)).toEqual([{ kind: 'boolean' }]);
  });
});

it('gives the numbers of a text, nearest first', () => {
  const source = sourceOf('const far = 7;\n\n\nif (stock >= 40) stock -= 40;\nconst near = 3;\n');
  expect(numbersNear(source, { file, start: { line: 4, column: 1 }, end: { line: 4, column: 5 } })).toEqual([40, 3, 7]);
});
