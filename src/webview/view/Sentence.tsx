import { stretchesOf } from '../timeline/inline-code.js';

/** A sentence in which `backticks` are code. */
export function Sentence({ text }: { readonly text: string }) {
  return <>{stretchesOf(text).map((stretch) => (stretch.isCode ? <code>{stretch.text}</code> : stretch.text))}</>;
}
