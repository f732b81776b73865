import { expect, it } from 'vitest';
import { timelineHtml } from '../../src/webview/index.js';

const page = { cspSource: "'self' https://*.vscode-cdn.net", nonce: 'abc123', scriptUri: 'https://x/webview.js', styleUri: 'https://x/webview.css' };

it('allows one script, one origin of styles, and workers made of posted text', () => {
  expect(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(timelineHtml(page))?.[1]).toBe(
    "default-src 'none'; script-src 'nonce-abc123'; style-src 'self' https://*.vscode-cdn.net; worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'",
  );
});

it('has no script but its own, and no style in the markup', () => {
  const html = timelineHtml(page);
  expect(html.match(/<script[^>]*>/g)).toEqual(['<script nonce="abc123" src="https://x/webview.js">']);
  expect(html).not.toMatch(/<style|style=|onload=/);
});

it('keeps an address inside its attribute', () => {
  expect(timelineHtml({ ...page, scriptUri: 'x"><script>alert(1)</script>&' })).toContain('src="x&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"');
});
