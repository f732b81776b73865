export { prove, simulate, type ProveOptions, type ScenarioProof } from './prove.js';
