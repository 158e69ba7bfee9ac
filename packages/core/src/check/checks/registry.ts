import type { Check, Rule } from '../../do/findings/check.js';
import { cidrChecks } from './cidr/index.js';
import { egressChecks } from './egress/index.js';
import { gatewayChecks } from './gateway/index.js';
import { IGNORE_RULE } from './ignores.js';
import { linkChecks } from './link/index.js';
import { pathChecks } from './path/index.js';
import { targetChecks } from './target/index.js';

/** Every check, in the order in which the documentation lists them. Ids never change their meaning. */
export const CHECKS: readonly Check[] = [
  ...linkChecks,
  ...gatewayChecks,
  ...targetChecks,
  ...cidrChecks,
  ...pathChecks,
  ...egressChecks,
];

/** The rules of a report's findings: every check, and the report's own rule for a spec's `ignore`. */
export const RULES: readonly Rule[] = [...CHECKS, IGNORE_RULE];
