import { agent, scenario } from 'raceproof';

type Level = 0 | 1; // public, secret

interface Subject { readonly name: string; readonly level: Level }
interface Document { readonly place: number; readonly level: Level; readonly readers: readonly string[]; readonly writers: readonly string[] }

const alice: Subject = { name: 'alice', level: 1 };
const mallory: Subject = { name: 'mallory', level: 0 };
const payroll: Document = { place: 0, level: 1, readers: ['alice'], writers: ['alice'] };
const notes: Document = { place: 1, level: 0, readers: ['mallory'], writers: ['alice', 'mallory'] };

// Discretionary access control: owners say who may read and write. Alice's payroll is hers alone. But the game that Mallory has given her runs with
// her rights: it reads the payroll, and writes it into Mallory's notes, which everybody may write to.
const mayRead = (subject: Subject, document: Document) => document.readers.includes(subject.name);
const mayWrite = (subject: Subject, document: Document) => document.writers.includes(subject.name);

export default scenario((salary: number) => {
  const memory = new Int32Array(new SharedArrayBuffer(8));
  const learnt = new Int32Array(new SharedArrayBuffer(4));
  memory[payroll.place] = salary;

  const read = (subject: Subject, document: Document) => (mayRead(subject, document) ? Atomics.load(memory, document.place) : 0);
  const write = (subject: Subject, document: Document, value: number) => {
    if (mayWrite(subject, document)) Atomics.store(memory, document.place, value);
  };

  const game = () => write(alice, notes, read(alice, payroll)); // the Trojan horse
  const spy = () => { learnt[0] = read(mallory, notes); };

  return { tasks: { alice: agent(game), mallory: agent(spy) }, observer: () => learnt[0] };
}, { secrets: [5_000, 6_000] });
