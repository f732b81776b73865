import { text } from 'node:stream/consumers';

// Reads its input up to the end of the file, and says how long it was.
process.stdout.write(String((await text(process.stdin)).length));
