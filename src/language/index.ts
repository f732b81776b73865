export * from './source.js';
export * from './parse.js';
export * from './scopes.js';
export * from './syntax.js';
export { CompileError } from './compile-error.js';
export { checkModule, compile, type CheckedModule } from './compile.js';
export { compileLinked, type LinkedProgram, type ReadModule } from './linked.js';
export { constructorParameters, functionParameters, numbersNear, parametersAt, wordsNear, type Parameter, type Shape } from './signature.js';
export { sharedMemoryNames } from './globals.js';
