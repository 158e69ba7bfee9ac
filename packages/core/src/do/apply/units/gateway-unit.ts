import { abilityOf } from '../../abilities.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import { deployMark } from '../../world/routes/deploy-mark.js';
import type { Step, Unit } from '../../plan/plan.js';
import { inputOf } from '../../plan/step-input.js';
import { settle } from '../outcome.js';
import type { StepOutcome, StepCounts } from '../run.js';
import { repeat } from '../repeat.js';
import { probeRoute } from './probe-route.js';
import { runSteps, writeToGateway, type UnitTools } from './unit-tools.js';

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

async function deploy(step: Step, tools: UnitTools): Promise<StepOutcome> {
  const { run, driver, links, report, gatewayKey } = tools;
  const works = await testBefore(step, tools);
  if (!works.ok) return works;

  const { gatewayRef, stage, project, spec, routes, replaces, flushes, forgets } = inputOf(step, 'deploy stage');
  const mark = deployMark(
    { project, spec },
    routes.map((route) => ({ ...route, linkId: links.get(route.link)?.id ?? route.linkId })),
  );
  // Twice does no harm: a deployment is a copy of the routes as they are.
  const deployed = await repeat(
    run,
    step.id,
    async (ctx) => {
      const { deploymentId } = await abilityOf(driver, 'stages').deploy(gatewayRef, stage, mark, ctx, replaces);
      return { deploymentId };
    },
    { exclusive: gatewayKey(gatewayRef), onRetry: (retry) => report(step).retried(retry) },
  );
  if (!deployed.ok) return deployed;

  if (forgets === true) {
    const id = `${step.id}: remove the marks`;
    const forgotten = await writeToGateway(tools, id, gatewayRef, (ctx) =>
      abilityOf(driver, 'stages').forgetStage(gatewayRef, stage, { project, spec }, ctx),
    );
    if (!forgotten.ok) return forgotten;
  }
  if (flushes !== true) return deployed;

  const flush = (ctx: CallContext) =>
    settle(async () => [...((await driver.stageSettings?.flushCache(gatewayRef, stage, ctx)) ?? [])]);
  const flushed = await run.step(`${step.id}: flush the cache`, flush);
  for (const text of flushed.ok ? flushed.value : [flushed.error.message]) report(step).progress(text);
  return deployed;
}

/** Records what a stage serves already. */
function adoptStage(step: Step, tools: UnitTools): Promise<StepOutcome> {
  const { gatewayRef, stage, project, spec, routes } = inputOf(step, 'adopt stage');
  const known = routes.map((route) => ({ ...route, linkId: tools.links.get(route.link)?.id ?? route.linkId }));
  const mark = deployMark({ project, spec }, known);
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    abilityOf(tools.driver, 'stages').adoptStage(gatewayRef, stage, mark, ctx),
  );
}

/** Tests the routes that a run wrote and did not test, before callers use them. The first failure stops the deployment. */
async function testBefore(step: Step, tools: UnitTools): Promise<StepOutcome<null>> {
  const { gatewayRef: gateway, tests = [] } = inputOf(step, 'deploy stage');
  for (const { key, linkRef: link, targetId } of tools.probe ? tests : []) {
    const works = await probeRoute(step, tools, { gateway, key, link, targetId }, `probe ${key}`);
    if (!works.ok) return works;
  }
  return { ok: true, value: null };
}

/** Twice does no harm: each setting is written as it is to be. */
function configureStage(step: Step, { run, driver, report, gatewayKey }: UnitTools): Promise<StepOutcome> {
  const { gatewayRef, stage, change } = inputOf(step, 'configure stage');
  return repeat(
    run,
    step.id,
    async (ctx) => {
      await abilityOf(driver, 'stageSettings').configureStage(gatewayRef, stage, change, ctx);
      return null;
    },
    { exclusive: gatewayKey(gatewayRef), onRetry: (retry) => report(step).retried(retry) },
  );
}

function sweep(step: Step, tools: UnitTools): Promise<StepOutcome> {
  const input = inputOf(step, 'delete route', 'tag route');
  if ('key' in input) throw new Error(`step ${step.id} is of one route`);

  const { gatewayRef, project, spec, unbound } = input;
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    abilityOf(tools.driver, 'sweeping').sweep(gatewayRef, project, ctx, spec, { unbound }),
  );
}

function removeStage(step: Step, tools: UnitTools): Promise<StepOutcome> {
  const { gatewayRef, stage, project, spec } = inputOf(step, 'delete stage');
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    abilityOf(tools.driver, 'stages').removeStage(gatewayRef, stage, { project, spec }, ctx),
  );
}

function forgetStage(step: Step, tools: UnitTools): Promise<StepOutcome> {
  const { gatewayRef, stage, project, spec } = inputOf(step, 'tag stage');
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    abilityOf(tools.driver, 'stages').forgetStage(gatewayRef, stage, { project, spec }, ctx),
  );
}
