import { seededRandom } from '../../src/simulator/host/random.js';

/**
 * A program that ends, made of random expressions and statements over a few variables, an object with accessors and an instance with
 * private state. Whatever is evaluated is logged, errors included, so that a change of order or value shows.
 */
export function randomProgram(seed: number): string {
  return new Generator(seed).program();
}

class Generator {
  readonly #random: () => number;
  #names = 0;
  #isAsync = false;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  program(): string {
    this.#isAsync = this.#chance(0.5);
    return [
      'let a: any = 1, b: any = "b", c: any = null, d: any = [1, 2, 3]; const keep = () => [a, b, c, d];',
      'const t = (name: string, value: any) => { log(name, typeof value === "function" ? "function" : value); return value; };',
      'const o: any = { x: 1, y: { z: 2 }, n: null, f(...args: any[]) { log("f", this === o, args.length); return args[0]; }, get g() { log("get g"); return this.x; }, set g(v) { log("set g"); this.x = v; } };',
      'class K { #p: any = 1; q: any = 2; get r() { log("get r"); return this.#p; } set r(v) { log("set r"); this.#p = v; } m(x: any): any { this.#p = x ?? this.#p; return this.#p; } inc() { return [this.#p++, ++this.#p, (this.#p += 1), (this.#p ||= 3), (this.#p ??= 4)]; } }',
      'const k: any = new K();',
      'const step = async (value: any) => { await null; return value; };',
      this.#isAsync ? '(async () => {' : '(() => {',
      ...this.#times(6, () => this.#statement(3)),
      'log("end", keep(), o.x, o.y, k);',
      this.#isAsync ? '})().catch((e) => log(e));' : '})();',
    ].join('\n');
  }

  #statement(depth: number): string {
    if (depth === 0) return this.#guarded(`log(${this.#expression(2)});`);
    const inner = (): string => this.#times(1 + this.#below(2), () => this.#statement(depth - 1)).join(' ');
    const i = this.#name('i');
    return this.#one<() => string>([
      () => this.#guarded(`log(${this.#expression(3)});`),
      () => this.#guarded(`${this.#assignment(2)};`),
      () => `if (${this.#tried(this.#expression(2))}) { ${inner()} } else { ${inner()} }`,
      () => `for (let ${i} = 0; ${i} < ${this.#below(3)}; ${i}++) { const see = () => ${i}; ${inner()} log(see()); }`,
      () => `for (const ${i} of [${this.#simple()}, 2]) { ${inner()} if (${this.#tried(this.#expression(1))}) ${this.#one(['continue', 'break'])}; log(${i}); }`,
      () => `${i}: { ${inner()} if (${this.#tried(this.#expression(1))}) break ${i}; ${inner()} }`,
      () => `switch (${this.#tried(this.#expression(1))}) { case ${this.#simple()}: ${inner()} case 1: log("one"); ${this.#one(['break;', ''])} default: ${inner()} }`,
      () => `try { ${inner()} log(${this.#expression(2)}); } catch (e) { log(e); } finally { ${inner()} }`,
      () => this.#guarded(`const { x: ${i} = ${this.#expression(1)}, ...${i}r } = ${this.#one(['o.y', '{ x: undefined, w: 3 } as any', 'd', 'k'])}; log(${i}, ${i}r);`),
      () => this.#guarded(`[a, b = ${this.#expression(1)}] = ${this.#one(['d', '[b, a]', '"hi"', 'c'])};`),
      () => `let ${i}n = 0; while (${i}n++ < 2) { ${inner()} }`,
      () => this.#guarded(`const ${i}f = (x: any = ${this.#expression(1)}) => { ${this.#assignment(1)}; return x; }; log(${i}f(), ${i}f(${this.#expression(1)}));`),
    ])();
  }

  #expression(depth: number): string {
    if (depth === 0) return this.#simple();
    const one = (): string => this.#expression(depth - 1);
    const choices: (() => string)[] = [
      () => `t("${this.#name('t')}", ${one()})`,
      () => `(${one()} ${this.#one(['+', '-', '*', '===', '!==', '==', '<', '>=', '&', '|', '<<', '%', ','])} ${one()})`,
      () => `(${one()} ${this.#one(['&&', '||'])} ${one()})`, () => `(${one()} ?? ${one()})`,
      () => `(${one()} ? ${one()} : ${one()})`, () => `${this.#one(['!', '- ', 'typeof ', 'void ', '~'])}(${one()})`,
      () => `(${this.#assignment(depth - 1)})`, () => `o?.${this.#one(['x', 'y?.z', 'n?.q.r', 'n?.f(1)', 'f?.(2)', 'y.z'])}`,
      () => `o.f(${one()}, ...[${one()}])`, () => `k.${this.#one(['m', 'inc'])}(${one()})`, () => `[${one()}, ...(d as any ?? []), ${one()}].length`,
      () => `({ v: ${one()}, ...o.y, [${one()} as any]: 1 }).v`, () => `\`\${${one()}}-\${${one()}}\``, () => `(() => ${one()})()`,
      () => `(${one()}).toString()`, () => `new K().m(${one()})`, () => `(${one()} instanceof Object)`, () => `("x" in o)`, () => `delete o.${this.#one(['w', 'y.q'])}`,
    ];
    if (this.#isAsync) choices.push(() => `(${one()}, 1)`, () => `o[${this.#one(['"x"', 'a as any', '"g"'])}]`);
    return this.#one(choices)();
  }

  #assignment(depth: number): string {
    const target = this.#one(['a', 'b', 'c', 'o.x', 'o.g', 'o.y.z', 'o["w"]', 'k.r', 'k.q', 'd[0]', 'd.length']);
    if (this.#chance(0.25)) return this.#one([`${target}++`, `--${target}`]);
    const operator = this.#one(['=', '+=', '-=', '||=', '&&=', '??=', '=', '*=']);
    const value = target === 'd.length' ? String(this.#below(5)) : this.#expression(depth);
    return `${target} ${operator} ${target === 'd.length' && operator !== '=' ? '1' : value}`;
  }

  #simple(): string {
    const plain = ['1', '0', '"s"', 'null', 'undefined', 'a', 'b', 'c', 'd', 'o.x', 'o.g', 'o.n', 'k.r', '-2', '"5"', 'true'];
    return this.#one(plain);
  }

  /** What throws is logged and the program goes on. */
  #guarded(statement: string): string {
    const awaited = this.#isAsync && this.#chance(0.4) ? `log(await step(${this.#simple()})); ` : '';
    return `try { ${awaited}${statement} } catch (e) { log(e); }`;
  }

  #tried(expression: string): string {
    return `(() => { try { return ${expression}; } catch (e) { log(e); return 0; } })()`;
  }

  #name(prefix: string): string {
    return `${prefix}${++this.#names}`;
  }

  #times<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }

  #one<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)]!;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }
}
