import type { Scenario } from '../../../src/internal/harness.js';
import { ALIBABA_SCENARIOS } from './alibaba/index.js';
import { AWS_SCENARIOS } from './aws/index.js';

/** Of each kind of gateway and link those whose trials take the least time. Those with two specs have load on their routes. */
export const SMALL_AWS = named(AWS_SCENARIOS, [
  'aws: create',
  'aws: allowlist',
  'aws: external link',
  'aws: manual deployment',
  'aws: rename a target',
  'aws: tags of a link',
  'aws: change a port under an allowlist',
  'aws: rename an integration, replace its link',
  'aws: REST API',
  'aws: WebSocket API',
]);

export const SMALL_ALIBABA = named(ALIBABA_SCENARIOS, [
  'alibaba: create',
  'alibaba: allowlist',
  'alibaba: leave an instance whose allowlist is narrowed',
  'alibaba: external instance',
  'alibaba: adopt an instance',
  'alibaba: tags of an instance',
]);

/** @throws {Error} for a name that no scenario has */
function named(all: readonly Scenario[], names: readonly string[]): readonly Scenario[] {
  return names.map((name) => {
    const found = all.find((one) => one.name === name);
    if (found === undefined) throw new Error(`${name} is not a scenario`);
    return found;
  });
}
