export * from './source.js';
export * from './parse.js';
export * from './scopes.js';
export * from './syntax.js';
export { checkModule, compile, CompileError, type CheckedModule } from './compile.js';
export { constructorParameters, functionParameters, numbersNear, parametersAt, wordsNear, type Parameter, type Shape } from './signature.js';
