import type { CheckWords } from '../../../findings/statement.js';
import { egressAdmittedWords } from './admitted.words.js';
import { egressWiderWords } from './wider.words.js';

/** What the checks of the family `egress/*` say, by check. */
export const egressWords: Readonly<Record<string, CheckWords>> = {
  'egress/admitted': egressAdmittedWords,
  'egress/wider': egressWiderWords,
};
