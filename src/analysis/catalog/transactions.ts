/** Statements by which a client of a database begins and ends a transaction of its connection. */
const BEGIN = /^\s*(?:begin|start\s+transaction)\b/i;
const END = /^\s*(?:commit|rollback(?!\s+to)|end|abort)\b/i;

export const isBegin = (sql: string): boolean => BEGIN.test(sql);
export const isEnd = (sql: string): boolean => END.test(sql);

/** Methods of a client that send a statement. */
export const sendsStatement = (name: string): boolean => /^(?:query|execute|exec|run|raw|unsafe|\$executeRawUnsafe)$/.test(name);

/** What may end a transaction by another name. */
export const mayEnd = (name: string): boolean => /commit|rollback|abort|finish|destroy|^end|close/i.test(name);

/** What marks a statement, or a question to an ORM, that locks the rows it finds until its transaction ends. */
export const locksRows = (text: string): boolean => /\bfor\s+(?:no\s+key\s+)?update\b(?!\s+(?:nowait|skip))|pessimistic_write|LOCK\.UPDATE|\.forUpdate\(\s*\)/i.test(text);

/** Whoever says one of these puts rows into an order of their own, or keeps others out altogether. */
export const ordersRows = (text: string): boolean => /sort|order\s*by|Math\.(?:min|max)|localeCompare|compare|advisory|runExclusive|withLock|acquire|nowait|skip locked|skip_locked/i.test(text);
