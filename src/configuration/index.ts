export { configurationFile, parseConfiguration } from './parse.js';
export type { ConfigurationText, ParsedConfiguration } from './parse.js';
