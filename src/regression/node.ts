export { writeRegressionTest, type RegressionOptions, type RegressionTest } from './node-write.js';
export { testFor, type Proved, type ProvedTest } from './node-proved.js';
