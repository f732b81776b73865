export { applyEdits } from './draft.js';
export { fixesFor, type DraftedFix } from './fixes-for.js';
export { packagesFor } from './packages.js';
