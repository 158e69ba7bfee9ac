// Moves an API group to a VPC integration instance: adds what the backends must allow, switches, and finishes after the drain.
//   REGION=cn-hangzhou GROUP=… TO=apigateway-hz-… MANAGE=sg-…,sg-… node examples/migrate-api-group/migrate.mjs
import { alibaba } from '@postern/alibaba';
import { isPosternError, PrivateIntegrations } from '@postern/core';
import { Moves, refuseOpenPlan } from '@postern/core/moves';
import { fileJournal } from '@postern/core/node';

/** Moves a group, and returns an exit status. Run it again to continue a move that was interrupted. */
export async function migrate({ region, group, to, manage, assume, drainMs, endpoint, clock, journal }) {
  const driver = alibaba({ region, endpoint });
  const gate = new PrivateIntegrations(driver, { project: 'moves', clock, journal: fileJournal(journal) });
  const moves = new Moves(gate);
  try {
    const plan = await moves.plan({ region, group, to }, { manage, assume });
    for (const { id } of plan.widen) console.log(`adds    ${id}`);
    refuseOpenPlan(plan); // what only a person can do must be done before

    for await (const event of moves.run(plan, { assume, drainMs, finish: true })) {
      if (event.type === 'move.phase') console.log(`${event.phase.padEnd(8)}${event.message}`);
      if (event.type === 'step.failed') console.error(`${event.step}: ${event.error.message}`);
      if (event.type !== 'move.done') continue;
      const { state, notes, usersOfOld = [] } = event.result;
      for (const note of notes) console.log(`note    ${note}`);
      for (const user of usersOfOld) console.log(`${plan.from.id} is still used by ${user}`);
      console.log(`${state}: ${group} is on ${state === 'finished' ? to : plan.from.id}`);
      return state === 'finished' ? 0 : 1;
    }
  } catch (error) {
    if (!isPosternError(error)) throw error;
    console.error(`${error.message}\n${error.remedy ?? ''}`);
    return error.code === 'FINDINGS_FAILED' ? 3 : 64;
  }
}

const { REGION: region, GROUP: group, TO: to, MANAGE = '', JOURNAL: journal = 'moves.journal' } = process.env;
const { POSTERN_SIMULATOR: endpoint } = process.env;
const manage = MANAGE.split(',').filter((id) => id !== '');
if (group !== undefined) process.exitCode = await migrate({ region, group, to, manage, journal, endpoint });
