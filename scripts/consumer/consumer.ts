// Compiled against the packed packages, with production dependencies only and without Node's types.
import {
  clouds,
  isPosternError,
  PrivateIntegrations,
  type Clouds,
  type Link,
  type Plan,
  type RunEvent,
  type Snapshot,
} from '@postern/core';
import { parsePrefix } from '@postern/core/cidr';
import { judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/overlay';
import { diff } from '@postern/core/plan';
import { advise, type Advice, type Needs } from '@postern/core/planner';
import { defineSpec, parseSpec } from '@postern/core/spec';
import { assess, type HandoverSource } from '@postern/alibaba/handover';
import { planner as optionsOfAlibaba } from '@postern/alibaba/planner';
import { plans as ofAlibaba } from '@postern/alibaba/plans';
import { aws } from '@postern/aws';
import { planner as optionsOfAws } from '@postern/aws/planner';
import { plans as ofAws } from '@postern/aws/plans';
import { simulate } from '@postern/simulator';

export async function consume(signal: AbortSignal): Promise<readonly RunEvent[]> {
  const simulation = simulate({ seed: 7, clock: 'auto' });
  const driver = aws({ region: 'eu-west-1', clients: simulation.clients('eu-west-1') });
  const gate = new PrivateIntegrations(driver, { project: 'shop', clock: simulation.clock });
  const link: Link = await gate.ensureLink({ name: 'orders', subnets: ['subnet-a'], securityGroups: ['sg-1'] });
  const prefixes: readonly string[] = (await gate.egress(link)).prefixes;
  for (const text of prefixes) parsePrefix(text).bits.toFixed();
  const snapshot: Snapshot = await gate.observe();
  const set: Clouds = clouds([driver.cloud]);
  const spec = parseSpec('version: 1\nproject: shop\n', { file: 'postern.yaml', clouds: set });
  const pure: Plan = diff(snapshot, spec, { clouds: set });
  const plan: Plan = await gate.plan(spec);
  if (pure.units.length !== plan.units.length) return [];
  const events: RunEvent[] = [];
  try {
    for await (const event of gate.apply(plan, { spec, signal })) events.push(event);
  } catch (error) {
    if (isPosternError(error, 'WORLD_MOVED')) return [];
    throw error;
  }
  return events;
}

export const judged = (text: string): PlanJudgement =>
  judgeTerraform(readTerraform(text), undefined, { plans: [ofAws, ofAlibaba] });

export const advised = (needs: Needs, set: Clouds): Advice =>
  advise(needs, { clouds: set, planners: [optionsOfAws, optionsOfAlibaba] });

export const ready = (source: HandoverSource): boolean => assess(source).ready;

export const spec = defineSpec({ version: 1, project: 'shop', links: {}, integrations: {} });
