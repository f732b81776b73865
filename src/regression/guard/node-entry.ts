import module from 'node:module';
import { guardFiles } from './node-files.js';
import { guardNative } from './node-native.js';
import { guardProcesses } from './node-processes.js';
import { guardSockets } from './node-sockets.js';

// Loaded before anything else in every process and thread of a trial run. What modules import by name is brought up to date as well.
guardFiles();
guardProcesses();
guardSockets();
guardNative();
module.syncBuiltinESMExports();
