export { allOf, explorationOf, flagsOf, labelOf, settingsOf, type Catalogue, type CatalogueProblem, type Chosen, type Family, type System, type Variant, type VariantOptions } from './catalogue.js';
export { surpriseOf } from './judge.js';
export { manifestProperties, readFamilies, readManifest, type Reading } from './manifest.js';
export { problemKinds } from './problem-kinds.js';
export { select, type Selection } from './select.js';
