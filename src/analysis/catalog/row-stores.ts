/** How calls speak to what keeps rows or documents outside the program: ORMs, query builders, database clients. */

/** Rows that are gone for good, by what names them: `destroy({ where })`, `deleteMany({ where })`. */
const REMOVING = /^(?:destroy|destroyAll|delete|deleteOne|deleteMany|deleteAll|remove|removeMany|bulkDelete|forceDelete|findByIdAndDelete|findOneAndDelete)$/;

/** Rows that get other values, by what names them. */
const SETTING = /^(?:update|updateOne|updateMany|findByIdAndUpdate|findOneAndUpdate|decrement|increment)$/;

/** An amount more or less, whatever is there: to do it twice is never the same as once. */
const MOVING = /^(?:decrement|increment)$/;

/** How many rows there are. */
const COUNTING = /^(?:count|countBy|countDocuments|countAll|findAndCount|findAndCountBy|findAndCountAll)$/;

/** One row more or less, or one more or less of those that are counted. */
const CHANGING_COUNT = /^(?:create|findOrCreate|upsert|insert|insertOne|bulkCreate|save|update|updateOne|destroy|delete|deleteOne|remove)(?:With[A-Z]\w*)?$/;

const FINDING = /^find\w*$/;

export const isRemoving = (name: string): boolean => REMOVING.test(name);
export const isSetting = (name: string): boolean => SETTING.test(name);
export const isMoving = (name: string): boolean => MOVING.test(name);
export const isCounting = (name: string): boolean => COUNTING.test(name);
export const isChangingCount = (name: string): boolean => CHANGING_COUNT.test(name);
export const isFinding = (name: string): boolean => FINDING.test(name);

/** What keeps others from rows that were only counted. A transaction by itself does not, unless it is serializable. */
const KEEPS_OFF = /(?<!b)lock|serializable|for update|advisory|mutex|semaphore|exclusive|queue|throttle/i;

export function keepsOthersOff(text: string): boolean {
  return KEEPS_OFF.test(text);
}
