export { createChildProcess } from './child-process.js';
export { createProcessScope, type ProcessScope } from './process-scope.js';
export { createPipeStreams, type PipeStreams } from './pipe-streams.js';
export { rootPid, type ProcessEntry } from './process-entry.js';
export { pipeCapacity, pipes } from './pipes.js';
export { processes } from './processes.js';
