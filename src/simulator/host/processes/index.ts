export { createChildProcess } from './child-process.js';
export { createProcessScope, type ProcessScope } from './process-scope.js';
export { rootPid, type ProcessEntry } from './process-entry.js';
export { processes } from './processes.js';
