import { countLineFeeds, directive } from '../language/index.js';
import type { SourceText } from '../language/index.js';
import { isTest } from './model/tests.js';
import { TRANSFERRING_WORD } from './transfers/transfer-calls.js';

/** Words of work that goes on later, whoever waits for it. */
const LATER = 'async|yield|set(?:Timeout|Immediate)|nextTick|queueMicrotask|request(?:AnimationFrame|IdleCallback)|runExclusive|withLock|p-limit|p-queue|mutexify';
/** What is called with the word as a name, or named by it; a callback that is told of an error, not a call that hands one on, or, by `fs.exists`, of none. In prose `then` is just a word. */
const CALLED_LATER = String.raw`\blocks\.request\b|\bexists\s*\(|[.?]\s*then\b|['"\`]then['"\`]|\bthen\s*[(:,=}<]|(?<!\bcatch\s*)\(\s*_?err(?:or)?\s*(?:[,:]|\)\s*(?:=>|\{|:))|(?<!\bcatch\s*\(\s*)\b_?err(?:or)?\s*=>`;

/** Angular's components and services hear of answers by subscribing. */
const SUBSCRIBED_LATER = String.raw`@angular/(?:core|common/http)\b`;

/** Without one of these words nothing in a file suspends, so nothing in it can be overtaken. */
const SUSPENDING_WORD = new RegExp(String.raw`\b(?:${LATER}|await|Promise)\b|${CALLED_LATER}|${SUBSCRIBED_LATER}`);

/** The same for a test, but for what its runner does: it calls the callbacks one after the other and waits for each. What they take they may keep. */
const SUSPENDING_IN_TEST = new RegExp(String.raw`\b(?:${LATER}|new Promise|acquire|mutex|semaphore)\b|${CALLED_LATER}`, 'i');
const CALLED_BY_RUNNER = /\b(?:it|test|describe|suite|specify|bench|(?:before|after)(?:Each|All)?|setup|teardown)(?:\.\w+)*\s*\(\s*(?:(["'`])(?:\\.|(?!\1)[^\\])*\1\s*,\s*)?async\b/g;

/** Memory that is shared with other agents is raced for where nothing suspends. */
const SHARED_MEMORY_WORD = /\bSharedArrayBuffer\b|\bAtomics\b|\bworkerData\b/;

/** What a thread can be kept by while others wait for it. */
const BLOCKING_WORD = /Sync\(|\bXMLHttpRequest\b/;

/** A variable, a class, an object or a lock that others may see change; a decorator of methods, which may be one; a call that keeps the thread; or a file that only passes on what it gets. */
const SHARED_THING = /^(?:export\s+)?(?:let|var)\s|\bclass\s+(?:[\w$]+\s*(?:<|\{|extends\b|implements\b)|extends\b)|\bclass\s*\{|^(?:export\s+)?(?:default|const\s[^=\n]*=)\s*(?:new\b|[[{])|^export\s[^;]*?\bfrom\s*['"]|\b(?:module\.)?exports\b|\b(?:PropertyDescriptor|ClassMethodDecoratorContext|descriptor\.value)\b|(?<!\bb)lock|mutex|semaphore|queue|limit|exclusive|\bonce\b|(?<!\buse)memo|\bworkerData\b|\bparentPort\b|\bonmessage\b|\bSharedArrayBuffer\b|\bAtomics\b|Sync\(/im;

/** Longer than people write. Bundles and minified code are not theirs to fix. */
const LONGEST_TEXT = 2_000_000;
const LONGEST_MEAN_LINE = 400;
/** Generated clients and tables of constants: nobody's shared state. */
const LONGEST_IMPORT = 400_000;

/**
 * False if the text cannot hold a race that the rules know, or was not written by hand: then it is not even parsed.
 * @param isWhole True if its functions are asked for too: those that suspend, be it for the runner of a test.
 */
export function isWorthParsing({ file, text }: SourceText, lines: number, isWhole: boolean): boolean {
  return isWritten(text, lines) && (maySuspend(text, isTest(file) && !isWhole) || SHARED_MEMORY_WORD.test(text) || TRANSFERRING_WORD.test(text) || BLOCKING_WORD.test(text) || text.includes(directive));
}

function maySuspend(text: string, isOfTest: boolean): boolean {
  return isOfTest ? SUSPENDING_IN_TEST.test(text.replace(CALLED_BY_RUNNER, '')) : SUSPENDING_WORD.test(text);
}

/** False if nothing that a module of this text gives away can be a shared place or guard one. */
export function mayBeShared(text: string): boolean {
  return text.length <= LONGEST_IMPORT && SHARED_THING.test(text) && isWritten(text, countLineFeeds(text) + 1);
}

function isWritten(text: string, lines: number): boolean {
  return text.length <= LONGEST_TEXT && (text.length < 20_000 || text.length / lines <= LONGEST_MEAN_LINE);
}
