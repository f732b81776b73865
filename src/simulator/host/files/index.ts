export { fileKind, files } from './file-kind.js';
export { fsModule, fsPromisesModule } from './module.js';
