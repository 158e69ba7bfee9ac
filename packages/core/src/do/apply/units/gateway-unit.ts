import { abilityOf } from '../../abilities.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import { deployMark } from '../../world/routes/deploy-mark.js';
import type { Step, Unit } from '../../plan/plan.js';
import { inputOf, type UnusedLinkInput } from '../../plan/step-input.js';
import type { Json } from '../../../ground/json.js';
import type { StepCounts } from '../run.js';
import { outcomeOf, FailedStep } from '../step.js';
import { probeRoute } from './probe-route.js';
import { act, actAgain, runSteps, writeToGateway, type UnitTools } from './unit-tools.js';
import { unlessGone } from '../../../ground/calls/answers.js';
import { latestCloudMs } from '../../../ground/clocks/cloud-time.js';
import { formatUnused, UNUSED_TAG } from '../../model/moves.js';

/** The deployments of one gateway, and the removal of what no route uses: one write at a time. */
export function gatewayUnit(unit: Unit, tools: UnitTools): Promise<StepCounts> {
  return runSteps(
    unit.steps,
    tools,
    (step) => {
      if (step.kind === 'deploy') return deploy(step, tools);
      if (step.kind === 'adopt') return adoptStage(step, tools);
      if (step.kind === 'configure') return configureStage(step, tools);
      if (step.kind === 'tag' && step.resource.type === 'stage') return forgetStage(step, tools);

      return step.resource.type === 'stage' ? removeStage(step, tools) : sweep(step, tools);
    },
    // Stages do not need each other; a stage that was not deployed may still use what would be swept.
    (step) => step.kind === 'deploy' || step.kind === 'configure',
  );
}

async function deploy(step: Step, tools: UnitTools): Promise<Json> {
  const { driver, links, report, gatewayKey } = tools;
  await testBefore(step, tools);
  const { gatewayRef, stage, project, spec, routes, replaces, flushes, forgets } = inputOf(step, 'deploy stage');
  const mark = deployMark(
    { project, spec },
    routes.map((route) => ({ ...route, linkId: links.get(route.link)?.id ?? route.linkId })),
  );
  // Twice does no harm: a deployment is a copy of the routes as they are.
  const write = async (ctx: CallContext): Promise<{ readonly deploymentId: string }> => {
    const { deploymentId } = await abilityOf(driver, 'stages').deploy(gatewayRef, stage, mark, ctx, replaces);
    return { deploymentId };
  };
  const deployed = await actAgain(step, tools, step.id, write, gatewayKey(gatewayRef));
  if (forgets === true) {
    await writeToGateway(tools, `${step.id}: remove the marks`, gatewayRef, (ctx) =>
      abilityOf(driver, 'stages').forgetStage(gatewayRef, stage, { project, spec }, ctx),
    );
  }
  if (flushes !== true) return deployed;

  const flush = async (ctx: CallContext) => (await driver.stageSettings?.flushCache(gatewayRef, stage, ctx)) ?? [];
  const flushed = await outcomeOf(act(tools, `${step.id}: flush the cache`, flush));
  for (const text of flushed.ok ? flushed.value : [flushed.error.message]) report(step).progress(text);
  return deployed;
}

/** Records what a stage serves already. */
function adoptStage(step: Step, tools: UnitTools): Promise<void> {
  const { gatewayRef, stage, project, spec, routes } = inputOf(step, 'adopt stage');
  const known = routes.map((route) => ({ ...route, linkId: tools.links.get(route.link)?.id ?? route.linkId }));
  const mark = deployMark({ project, spec }, known);
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    abilityOf(tools.driver, 'stages').adoptStage(gatewayRef, stage, mark, ctx),
  );
}

/** Tests the routes that a run wrote and did not test, before callers use them. The first failure stops the deployment. */
async function testBefore(step: Step, tools: UnitTools): Promise<void> {
  const { gatewayRef: gateway, tests = [] } = inputOf(step, 'deploy stage');
  for (const { key, linkRef: link, targetId } of tools.probe ? tests : []) {
    await probeRoute(step, tools, { gateway, key, link, targetId }, `probe ${key}`);
  }
}

/** Twice does no harm: each setting is written as it is to be. */
function configureStage(step: Step, tools: UnitTools): Promise<Json> {
  const { gatewayRef, stage, change } = inputOf(step, 'configure stage');
  const write = async (ctx: CallContext): Promise<null> => {
    await abilityOf(tools.driver, 'stageSettings').configureStage(gatewayRef, stage, change, ctx);
    return null;
  };
  return actAgain(step, tools, step.id, write, tools.gatewayKey(gatewayRef));
}

function sweep(step: Step, tools: UnitTools): Promise<void> {
  const input = inputOf(step, 'delete route', 'tag route');
  if ('key' in input) throw new Error(`step ${step.id} is of one route`);

  const { gatewayRef, project, spec, unbound } = input;
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    abilityOf(tools.driver, 'sweeping').sweep(gatewayRef, project, ctx, spec, { unbound }),
  );
}

function removeStage(step: Step, tools: UnitTools): Promise<void> {
  const { gatewayRef, stage, project, spec } = inputOf(step, 'delete stage');
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    abilityOf(tools.driver, 'stages').removeStage(gatewayRef, stage, { project, spec }, ctx),
  );
}

function forgetStage(step: Step, tools: UnitTools): Promise<void> {
  const { gatewayRef, stage, project, spec } = inputOf(step, 'tag stage');
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    abilityOf(tools.driver, 'stages').forgetStage(gatewayRef, stage, { project, spec }, ctx),
  );
}

/**
 * Writes the mark of a link without callers, or removes it. Without the mark a later deletion waits the whole time, so a
 * mark that cannot be written is reported and fails nothing. One that stays although callers come back would be wrong: that
 * fails, unless the link is not this project's.
 */
export async function markUnused(step: Step, tools: UnitTools, input: UnusedLinkInput): Promise<void> {
  const { driver, report } = tools;
  const { linkRef, isUsed, isExternal } = input;
  const change = async (ctx: CallContext): Promise<void> => {
    if (isUsed) await unlessGone(abilityOf(driver, 'linkChanges').untag(linkRef, [UNUSED_TAG], ctx));
    else {
      const value = formatUnused(latestCloudMs(ctx), input.unusedMs ?? 0);
      await abilityOf(driver, 'linkChanges').tag(linkRef, { [UNUSED_TAG]: value }, ctx);
    }
  };
  const done = await outcomeOf(act(tools, `${step.id}: ${isUsed ? 'remove' : 'write'} the mark`, change));
  if (done.ok) return;

  const { code, message } = done.error;
  if (code === 'ABORTED' || (isUsed && isExternal !== true)) throw new FailedStep(done.error);

  const what = isUsed ? 'was not removed from' : 'was not written to';
  report(step).progress(`the tag ${UNUSED_TAG} ${what} link ${linkRef.id}: ${code}: ${message}`);
}
