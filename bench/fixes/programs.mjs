// The racy programs that this project has: examples of the rule pages, samples, and what the tests of proofs write down.
import { readdirSync, readFileSync } from 'node:fs';
import { parse, simpleTraverse } from '@typescript-eslint/typescript-estree';

/** @returns {{ name: string, file: string, text: string }[]} */
export function racyPrograms(root) {
  return [...ofPages(root), ...ofSamples(root), ...ofTests(root)];
}

function ofPages(root) {
  return readdirSync(new URL('docs/rules/', root)).flatMap((page) => {
    const text = readFileSync(new URL(`docs/rules/${page}`, root), 'utf8');
    return [...text.matchAll(/^```ts racy\n([\s\S]*?)^```$/gm)].map(([, code], at) => ({ name: `docs/rules/${page}#${at + 1}`, file: 'subject.ts', text: code }));
  });
}

function ofSamples(root) {
  return readdirSync(new URL('samples/', root)).filter((name) => /^[^.]+\.ts$/.test(name)).map((name) => ({ name: `samples/${name}`, file: `samples/${name}`, text: readFileSync(new URL(`samples/${name}`, root), 'utf8') }));
}

/** Every literal of the tests that is a module by itself. */
function ofTests(root) {
  return readdirSync(new URL('test/proof/', root)).filter((name) => name.endsWith('.test.ts')).flatMap((name) => {
    const programs = [];
    simpleTraverse(parse(readFileSync(new URL(`test/proof/${name}`, root), 'utf8'), { loc: true, range: true }), {
      enter(node) {
        if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return;
        const text = node.quasis[0].value.cooked;
        if (!/\b(?:export|module\.exports)\b/.test(text) || !/\bawait\b|\.then\(/.test(text)) return;
        programs.push({ name: `test/proof/${name}:${node.loc.start.line}`, file: /\brequire\(/.test(text) ? 'subject.js' : 'subject.ts', text });
      },
    });
    return programs;
  });
}
