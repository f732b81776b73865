/**
 * Work that may be done twice without harm: it asks and changes nothing. A cache that two callers fill at once with the
 * answer to the same question ends as it would have anyway.
 */
const ASKING = /^(?:fetch|get|load|read|find|query|search|suggest|autocomplete|complete|list|count|exists?|stat|access|lstat|realpath|readdir|compute|calc(?:ulate)?|parse|decode|encode|hash|digest|resolve|lookup|import|compile|transform|render|format|generate|derive|select|retrieve|download|describe|detect|check|validate|is|has|all|allSettled|race|any|json|text|blob|arrayBuffer|map|then|request|call|peek|scan|glob|walk|measure|estimate|try(?:Get|Load|Read|Fetch)|batch|transpile|bundle|build|extract|convert|serialize|deserialize|normalize|lazy|analy[sz]e|discover|inspect|probe|infer|determine|collect|enumerate|evaluate|head)(?![a-z])/;

/** Waiting for time to pass, or for a turn, is no work at all. */
const WAITING = /^(?:sleep|delay|wait|tick|nextTick|setTimeout|timeout|pause|yield|settle|ready|whenReady|resolve)(?![a-z])/i;

export function isAsking(callee: string): boolean {
  return ASKING.test(callee.replace(/^[#_]+/, ''));
}

export function isWaiting(callee: string): boolean {
  return WAITING.test(callee.replace(/^[#_]+/, ''));
}

/** Work that leaves something behind, which then is there twice. */
const MAKING = /^(?:new |(?:create|make|connect|open|start|spawn|launch|init(?:iali[sz]e)?|boot(?:strap)?|register|subscribe|login|logIn|signIn|authenticate|authorize|refresh|renew|rotate|allocate|acquire|insert|add|send|post|charge|pay|process|upload|save|write|store|install|mount|attach|bind|listen|run|exec|execute|provision|reserve|book|enqueue|publish|emit|notify|setup|setUp|migrate|seed|warm)(?![a-z]))/;

export function isMaking(callee: string): boolean {
  return MAKING.test(callee.replace(/^[#_]+/, ''));
}

/** Whoever ends something may do so whatever others are about. */
const ENDING = /^(?:dispose|destroy|close|stop|shut_?down|tear_?down|disconnect|terminate|unmount|clean_?up|deactivate|end|reset|clear|quit|exit|kill|abort|cancel|unload|constructor)/i;

export function isEnding(name: string): boolean {
  return ENDING.test(name.replace(/^[#_]+/, ''));
}

/** What is done once, or changes what it asks, is not asked again with another question. */
const STARTING = /^(?:init|start|connect|open|setup|set_?up|create|boot|login|logIn|signIn|authenticate|register|activate|configure|mount|install|run|main|deploy|migrate|build|restore|ensure|make|save|add|put|write|create|delete|remove)(?![a-z])/;

/** To bring what is shown up to date is to ask. */
const UPDATING = /^(?:refresh|renew|process)(?![a-z])/;

export function isStarting(name: string): boolean {
  return STARTING.test(name) || (isMaking(name) && !UPDATING.test(name));
}

/** Work that leaves what it speaks of changed, or uses up what it is given: its answer says what has become of it. */
const CHANGING = /^(?:set|move|update|toggle|mark|apply|change|patch|increment|decrement|push|pop|shift|take|claim|lock|unlock|release|next|advance|commit|transfer|import|export|upload|sync|rename|copy|swap|replace|switch|enable|disable|confirm|accept|reject|approve|vote|submit|sign|verify|redeem|consume|exchange|encrypt|wrap|invoke|call|do|handle|perform|on|use|with|assign|attach|append|grant|revoke|merge|persist|store|record|log|track|pick|prompt|ask|show|choose|prepare|ensure|new|then|$)(?![a-z])/;

/** True if work, by its name, asks and does nothing else: `search(term)`, `api.orders(page)`. */
export function mayAsk(callee: string): boolean {
  const name = callee.replace(/^[#_]+/, '');
  return isAsking(name) || (/^[a-z]/.test(name) && ![isStarting, isMaking, isWaiting, isSending, isEnding].some((is) => is(name)) && !CHANGING.test(name));
}

/** Work that hands a message to somebody who may answer. */
const SENDING = /^(?:send|write|post|postMessage|transmit|publish|emit|dispatch|request|notify|enqueue|submit|push|produce)(?![a-z])/;

export function isSending(name: string): boolean {
  return SENDING.test(name.replace(/^[#_]+/, ''));
}

/** Reading what does not change, and computing: not even the effort of doing it twice is worth a word. */
const REPEATABLE = /^(?:import|readFile|readJson|readFileSync|stat|lstat|access|realpath|readdir|exists|pathExists|importKey|digest|subtle|json|text|arrayBuffer|compile|parse|hash)$/;

export function isRepeatable(callee: string): boolean {
  return REPEATABLE.test(callee);
}

/** Whoever sets going what goes round by itself does so once. */
const RUNNING = /^(?:start|run|init(?:iali[sz]e)?|main|boot(?:strap)?|activate|open|connect|watch|listen|poll|loop)(?![a-z])/;

export function isRunning(name: string): boolean {
  return RUNNING.test(name.replace(/^[#_]+/, ''));
}
