// Moves the routes of an HTTP API to another VPC link: tests it, switches, returns where a health check fails, finishes after the drain.
//   REGION=eu-west-1 API=… FROM=… TO=… HEALTH=https://shop.example.com/health node examples/replace-vpc-link/replace.mjs
import { aws } from '@postern/aws';
import { isPosternError, PrivateIntegrations } from '@postern/core';
import { Moves, refuseOpenPlan } from '@postern/core/moves';
import { createCallGateway } from '@postern/core/probe';
import { fileJournal } from '@postern/core/node';

const { POSTERN_SIMULATOR, ENDPOINT: endpoint = POSTERN_SIMULATOR } = process.env;
const { REGION: region, API: api = '', FROM: from = '', TO: to = '', HEALTH: health } = process.env;
const { JOURNAL: journal = 'moves.journal', PAUSE = '60', DRAIN = '900' } = process.env;

/** Whether callers are served, for as long as the new link is watched. */
async function analysis() {
  const { ok, status } = await fetch(health);
  return { ok, because: `status ${status}` };
}

try {
  const driver = aws({ region, endpoint });
  const moves = new Moves(new PrivateIntegrations(driver, { project: 'moves', journal: fileJournal(journal) }));
  const plan = await moves.plan({ provider: 'aws', region, api, from, to });
  for (const { name } of plan.units) console.log(`moves   ${name}`);
  for (const { id } of plan.widen) console.log(`first   ${id}`);
  refuseOpenPlan(plan); // what only a person can do must be done before

  const callGateway = createCallGateway({ simulator: endpoint }); // tests the new link by a temporary route
  const how = { pauseMs: Number(PAUSE) * 1000, drainMs: Number(DRAIN) * 1000, finish: true, callGateway };
  for await (const event of moves.run(plan, { ...how, ...(health && { analysis }) })) {
    if (event.type === 'move.phase') console.log(`${event.phase.padEnd(8)}${event.message}`);
    if (event.type !== 'move.done') continue;
    const { state, onNew, usersOfOld = [], failures } = event.result;
    for (const { step, message } of failures) console.error(`${step}: ${message}`);
    console.log(`${state}: ${onNew.length} of ${plan.units.length} on ${to}`);
    for (const user of usersOfOld) console.log(`${from} is still used by ${user}`);
    if (state !== 'finished') process.exitCode = 1;
  }
} catch (error) {
  if (!isPosternError(error)) throw error;
  console.error(`${error.message}\n${error.remedy ?? ''}`);
  process.exitCode = error.code === 'FINDINGS_FAILED' ? 3 : 64;
}
