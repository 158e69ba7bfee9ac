import type { Check, Rule } from '../findings/check.js';
import { allWorded } from '../findings/worded.js';
import { cidrChecks } from './cidr/index.js';
import { cidrWords } from './cidr/words/index.js';
import { egressChecks } from './egress/index.js';
import { egressWords } from './egress/words/index.js';
import { gatewayChecks } from './gateway/index.js';
import { gatewayWords } from './gateway/words/index.js';
import { IGNORE_RULE } from './ignores.js';
import { linkChecks } from './link/index.js';
import { linkWords } from './link/words/index.js';
import { pathChecks } from './path/index.js';
import { wordedPath } from './path/worded-path.js';
import { targetChecks } from './target/index.js';
import { targetWords } from './target/words/index.js';

/** Every check, in the order in which the documentation lists them. Ids never change their meaning. */
export const CHECKS: readonly Check[] = [
  ...allWorded(linkChecks, linkWords),
  ...allWorded(gatewayChecks, gatewayWords),
  ...allWorded(targetChecks, targetWords),
  ...allWorded(cidrChecks, cidrWords),
  ...pathChecks.map(wordedPath),
  ...allWorded(egressChecks, egressWords),
];

/** The rules of a report's findings: every check, and the report's own rule for a spec's `ignore`. */
export const RULES: readonly Rule[] = [...CHECKS, IGNORE_RULE];
