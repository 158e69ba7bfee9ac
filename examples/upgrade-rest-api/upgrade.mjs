// Moves a stage of a REST API from a V1 link to a V2 link and an application load balancer: a tenth of the calls first, then all.
//   REGION=eu-west-1 API=… STAGE=prod TO=… BALANCER=orders-alb HEALTH=https://… node examples/upgrade-rest-api/upgrade.mjs
import { aws } from '@postern/aws';
import { isPosternError, PrivateIntegrations } from '@postern/core';
import { Moves, refuseOpenPlan } from '@postern/core/moves';
import { fileJournal } from '@postern/core/node';

const { POSTERN_SIMULATOR, ENDPOINT: endpoint = POSTERN_SIMULATOR } = process.env;
const { REGION: region, API: restApi = '', STAGE: stage = '', TO: to = '', BALANCER = '' } = process.env;
const { HEALTH: health, JOURNAL = 'moves.journal', PAUSE = '300', DRAIN = '900' } = process.env;

/** What the health check says of the calls, while the canary gets its part of them and after it got all. */
async function analysis() {
  const { ok, status } = await fetch(health);
  return { ok, because: `status ${status}` };
}

try {
  const driver = aws({ region, endpoint });
  const moves = new Moves(new PrivateIntegrations(driver, { project: 'moves', journal: fileJournal(JOURNAL) }));
  const plan = await moves.plan({ region, restApi, stage, to, targetBalancer: BALANCER });
  console.log(`${plan.units[0]?.name}: from ${plan.from.id} to ${to}, ${BALANCER}`);
  for (const note of plan.notes) console.log(`note: ${note}`);
  refuseOpenPlan(plan); // the load balancer must admit the new link before

  const times = { pauseMs: Number(PAUSE) * 1000, drainMs: Number(DRAIN) * 1000, finish: true };
  const how = { ...times, canary: { percent: 10 }, ...(health && { analysis }) };
  for await (const event of moves.run(plan, how)) {
    if (event.type === 'step.done') console.log(event.step);
    if (event.type !== 'move.done') continue;
    const { state, failures, usersOfOld = [] } = event.result;
    for (const { step, message } of failures) console.error(`${step}: ${message}`);
    console.log(`${state}; ${plan.from.id} is used by ${usersOfOld.join(', ') || 'no gateway'}`);
    if (state !== 'finished') process.exitCode = 1;
  }
} catch (error) {
  if (!isPosternError(error)) throw error;
  console.error(`${error.message}\n${error.remedy ?? ''}`);
  process.exitCode = error.code === 'FINDINGS_FAILED' ? 3 : 64;
}
