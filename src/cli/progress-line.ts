import type { RaceProgress } from '../model/index.js';
import { counted } from '../report/index.js';

/** How far an exploration is: `12,345 executions, about 30 % explored`. */
export function progressLine({ executions, fraction }: RaceProgress): string {
  return `${counted(executions, 'execution', 'executions')}, ${shareOf(fraction * 100)} explored`;
}

function shareOf(percent: number): string {
  if (percent >= 99.5) return 'nearly all';
  return percent >= 1 ? `about ${Math.round(percent)} %` : 'less than 1 %';
}
