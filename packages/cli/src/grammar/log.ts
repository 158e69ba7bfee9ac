import type { CommandDescription } from './description.js';
import { wholeNumber } from './option-values.js';

/** `postern log`. */
export const log: CommandDescription = {
  usage: 'log [spec]',
  summary: 'list past runs, or the steps, durations and calls of one',
  options: [
    { flags: '--run <id>', description: 'show one run; the first or last characters of its ID are enough, or last' },
    {
      flags: '--limit <number>',
      description: 'runs to list, newest first; by default 20',
      parse: wholeNumber(1, 10_000),
    },
  ],
  examples: [
    'postern log',
    'postern log --run last',
    'postern log postern.yaml --run 1a2b3c4d --json',
    'postern log --limit 5',
  ],
  load: () => import('../commands/apply/log.js'),
};
