import type { ExpectedStep } from './handover-plan.js';
import type { PlannedStage } from './plan-values.js';

/**
 * Seconds that one of each takes, from the durations of acceptance tests of Terraform's provider, which poll every 30 seconds [I]:
 * a gateway is created in two to three minutes; rules, consumers and authorizations appear in lists within ten seconds.
 * @see https://github.com/aliyun/terraform-provider-alicloud pull requests 10291, 10322, 10326
 */
const SECONDS = { gateway: 150, rules: 10, services: 3, routes: 5, consumers: 10, domains: 5 } as const;

/** One TTL of the record, which is not known here: ten minutes is the default of Alibaba Cloud DNS. */
const TTL_SECONDS = 600;

/** How long each part takes. Gateways are created side by side; all other writes of one gateway follow each other. */
export function expectedSteps(stages: readonly PlannedStage[]): readonly ExpectedStep[] {
  const bought = stages.filter(({ gateway }) => 'purchase' in gateway).length;
  const largest = (count: (stage: PlannedStage) => number): number => Math.max(0, ...stages.map(count));
  const total = (count: (stage: PlannedStage) => number): number =>
    stages.reduce((sum, stage) => sum + count(stage), 0);
  const step = (name: Exclude<ExpectedStep['step'], 'gateway' | 'switch'>): ExpectedStep => ({
    step: name,
    count: total((stage) => stage[name].length),
    seconds: largest((stage) => stage[name].length) * SECONDS[name],
  });
  return [
    { step: 'gateway', count: bought, seconds: bought === 0 ? 0 : SECONDS.gateway },
    step('rules'),
    step('services'),
    step('routes'),
    step('consumers'),
    step('domains'),
    { step: 'switch', count: total(({ records }) => records.length), seconds: TTL_SECONDS },
  ];
}
