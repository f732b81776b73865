const TEST = /(?:^|\/)(?:__tests__|tests?|specs?|e2e)\/|[._-](?:test|spec|e2e)\.[cm]?[jt]sx?$/;

/** Tests run one after the other, each with what it made itself: what they import is no part of their own races. */
export function isTest(file: string): boolean {
  return TEST.test(file);
}
