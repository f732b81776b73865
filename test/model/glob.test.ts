import { describe, expect, it } from 'vitest';
import { globToRegExp, isGlob } from '../../src/model/index.js';

describe('globs', () => {
  it.each<[string, string[], string[]]>([
    ['*.race.ts', ['a.race.ts'], ['b/a.race.ts', 'a_race.ts', 'a.race.tsx']],
    ['**/*.race.ts', ['a.race.ts', 'x/y/a.race.ts'], ['a.race.js']],
    ['src/**', ['src/a.ts', 'src/x/a.ts'], ['srcs/a.ts']],
    ['./a?.ts', ['ab.ts'], ['a.ts', 'a/.ts']],
    ['{a,b}/*.ts', ['a/x.ts', 'b/x.ts'], ['c/x.ts']],
    ['a+(b).*', ['a+(b).ts'], ['aab.ts']],
  ])('%s', (glob, matching, others) => {
    expect(matching.filter((path) => !globToRegExp(glob).test(path))).toEqual([]);
    expect(others.filter((path) => globToRegExp(glob).test(path))).toEqual([]);
  });

  it('a path is none', () => expect(['src/a.race.ts', 'a b.ts', './x'].filter(isGlob)).toEqual([]));
});
