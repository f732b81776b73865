export interface TimelinePage {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Fresh and unguessable for every page. */
  readonly nonce: string;
  /** `asWebviewUri` of dist/webview.js. */
  readonly scriptUri: string;
  /** `asWebviewUri` of dist/webview.css. */
  readonly styleUri: string;
}

/**
 * The page's frame. Its policy allows one script, one style sheet, and workers made of text that the host has posted; nothing is
 * fetched from anywhere, and nothing is evaluated. All content arrives later, through the protocol, and is inserted as text.
 */
export function timelineHtml({ cspSource, nonce, scriptUri, styleUri }: TimelinePage): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(styleUri)}">
<title>Interleavings</title>
</head>
<body>
<div id="page"></div>
<script nonce="${attribute(nonce)}" src="${attribute(scriptUri)}"></script>
</body>
</html>
`;
}

function attribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
