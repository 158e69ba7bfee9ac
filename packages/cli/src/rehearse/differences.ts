import type { Snapshot } from '@postern/core';
import { BACKEND_MS } from './backends.js';

/** What is simulated and may be otherwise on the real cloud, one sentence each. */
const ALWAYS = [
  `Each backend answers with status 200 after ${BACKEND_MS} ms. Real ones take longer, fail, and admit callers by rules of their own.`,
  'Authorizers allow each call that has what they ask for.',
  'No other writer changes these resources during the run.',
] as const;

const BY_PROVIDER: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'The time until a link is AVAILABLE, and until a change of a gateway takes effect, is not published: the simulated times are estimates.',
    'Quotas are those of a new account, where the snapshot does not show others.',
  ],
  alibaba: [
    'The duration of a move of an API group is not published: one to two minutes are simulated.',
    'DNS of a moved group changes over 1 to 10 minutes, by the seed. Callers that keep an address longer get I410GG.',
    'Prices are not simulated: the run may buy what its plan shows.',
  ],
};

/** What a rehearsal does not show: of the clouds of a snapshot, and what the twin does not have. */
export function differences({ regions }: Snapshot, lacks: readonly string[]): readonly string[] {
  const providers = [...new Set(regions.map(({ provider }) => provider))];
  return [
    ...ALWAYS,
    ...providers.flatMap((provider) => BY_PROVIDER[provider] ?? []),
    ...lacks.map((lack) => `The twin lacks ${lack}.`),
  ];
}
