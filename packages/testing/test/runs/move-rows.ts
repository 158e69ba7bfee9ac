import type { MovePlan } from '@postern/core/internal/moves';
import {
  wantedState,
  type BuiltMove,
  type MoveCommand,
  type MoveScenario,
} from '../../src/harness/moves/move-scenario.js';
import { oneCommand } from '../../src/harness/moves/one-command.js';
import { ALIBABA_MOVES } from '../harness/moves/alibaba.js';
import { AWS_MOVES } from '../harness/moves/aws.js';
import type { Built, Command, Row } from './command.js';
import { STAGE_COMMANDS } from './rest-apis/stage-commands.js';

/** Of each kind of gateway a scenario for each command of `migrate`, and which of its commands that is. */
const COMMANDS: Readonly<Record<string, readonly number[]>> = {
  'aws move: two routes of one integration': [0, 1],
  'aws move: rollback after the switch': [1],
  'aws move: abort, finish': [1],
  'aws move: manual deployment': [0, 1],
  'aws move: rollback with manual deployment': [1],
  ...STAGE_COMMANDS,
  'alibaba move: one group': [0, 1],
  'alibaba move: rollback after the switch': [1],
  'alibaba move: the whole instance, abort, finish': [1],
};

export const MOVE_ROWS: readonly Row[] = [...AWS_MOVES, ...ALIBABA_MOVES].flatMap((scenario) =>
  (COMMANDS[scenario.name] ?? []).map((at) => rowOf(scenario, at)),
);

function rowOf(scenario: MoveScenario, at: number): Row {
  const aws = scenario.name.startsWith('aws');
  return {
    name: `command ${at + 1} of ${scenario.name}`,
    place: aws ? { provider: 'aws', region: 'eu-west-1' } : { provider: 'alibaba', region: 'cn-hangzhou' },
    build: async (simulation): Promise<Built> => {
      const built = await scenario.build(simulation);
      let saved: MovePlan | undefined;
      const all = built.commands.slice(0, at + 1).map((command) =>
        commandOf(scenario, built, command, {
          read: () => saved,
          keep: (plan) => (saved ??= plan),
        }),
      );
      return { before: all.slice(0, -1), command: all.at(-1) ?? (() => Promise.resolve()), calls: built.routes };
    },
  };
}

/** @throws {Error} where the command ended by itself, and not as it must */
function commandOf(
  scenario: MoveScenario,
  built: BuiltMove,
  command: MoveCommand,
  plans: { readonly read: () => MovePlan | undefined; readonly keep: (plan: MovePlan | undefined) => unknown },
): Command {
  return async (process, signal) => {
    const work = { scenario, built, request: built.request };
    const { state, failed, plan } = await oneCommand(work, command, process, { saved: plans.read(), signal });
    plans.keep(plan);
    const isEnded = failed.some((one) => one.startsWith('MOVE_ENDED'));
    if (signal.aborted || state === wantedState(command) || isEnded) return;
    throw new Error(`${command.does} ended with ${state ?? 'no result'}: ${failed.join(', ')}`);
  };
}
