import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../src/webview/styles/', import.meta.url);
const sheets = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8').replace(/\/\*[^]*?\*\//g, '') }));
const themes = ['dark', 'light', 'high-contrast', 'high-contrast-light'].map((name) => readFileSync(new URL(`themes/${name}.css`, import.meta.url), 'utf8'));

it.each(sheets)('$name takes every colour from the theme', ({ text }) => {
  const values = [...text.matchAll(/:\s*([^;{}]+);/g)].map(([, value]) => value ?? '');
  const literal = /#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|\b(?:black|white|gr[ae]y|red|green|blue|yellow|orange|purple|silver)\b(?!-)/i;
  expect(values.filter((value) => literal.test(value.replace(/--[\w-]+/g, '')))).toEqual([]);
});

it.each(sheets)('$name asks for variables that VS Code sets, in every theme or with something to fall back on', ({ text }) => {
  const asked = [...text.matchAll(/var\((--vscode-[\w-]+)(,?)/g)].map(([, name = '', comma]) => ({ name, hasFallback: comma === ',' }));
  const missing = asked.filter(({ name, hasFallback }) => !hasFallback && !themes.slice(0, 2).every((theme) => theme.includes(`${name}:`)));
  const unknown = asked.filter(({ name }) => !themes.some((theme) => theme.includes(`${name}:`)) && name !== '--vscode-inputValidation-warningForeground');
  expect([...missing, ...unknown]).toEqual([]);
});
