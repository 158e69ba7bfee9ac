import type { CallContext } from '@postern/core';
import { PosternError } from '@postern/core/adapter';
import { requireCurrentPlan } from '../plan/fingerprint.js';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { HandoverSource } from '../source/source.js';
import type { HandoverDriver } from './driver.js';

/** Refuses credentials of another account than the plan's. @throws {PosternError} `WRONG_ACCOUNT` */
export async function requireAccount(
  plan: HandoverPlan,
  driver: Pick<HandoverDriver, 'account'>,
  context: CallContext,
): Promise<void> {
  const account = await driver.account(context);
  if (account === plan.account) return;
  throw new PosternError('WRONG_ACCOUNT', `the plan is of account ${plan.account}, the credentials of ${account}`, {
    remedy: `Use credentials of ${plan.account}.`,
  });
}

/** The same, and a plan that is a week old, or whose group or backends changed. @throws {PosternError} `WORLD_MOVED` */
export async function requireCurrent(
  plan: HandoverPlan,
  driver: Pick<HandoverDriver, 'account' | 'source'>,
  variables: HandoverSource['variables'],
  context: CallContext,
): Promise<void> {
  await requireAccount(plan, driver, context);
  requireCurrentPlan(plan, await driver.source(plan, variables, context), new Date(context.clock.now()).toISOString());
}
