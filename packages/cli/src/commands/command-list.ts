import { apply, destroy, forget, log, plan, show } from './apply/index.js';
import { check, explain, snapshot, watch } from './check/index.js';
import { cidr } from './cidr/index.js';
import { doctor, mcp, completion, manOf, simulate } from './machine/index.js';
import type { CommandDescription, CommandGroup } from '../grammar/options.js';
import { fleet } from './fleet/index.js';
import { handover } from './handover/index.js';
import { allow, egress, gateways, links, list, revoke } from './links/index.js';
import { migrate } from './migrate/index.js';
import { advise, graph, quotas } from './planner/index.js';
import { probe } from './probe/index.js';
import { rehearse } from './rehearse/index.js';
import { shift } from './shift/index.js';
import { exporting, fmt, importing, init, validate } from './specs/index.js';

type Listed = readonly (CommandDescription | CommandGroup)[];

/** Commands by what they are for, in the order in which help lists them. Those of `others` are named in one line. */
export const COMMAND_GROUPS: readonly { readonly title: string; readonly commands: Listed; readonly others: Listed }[] =
  [
    {
      title: 'Judge, and change nothing',
      commands: [check, explain, plan, rehearse, graph, list, links, gateways],
      others: [watch, probe, advise, quotas, egress, snapshot, show, log],
    },
    {
      title: 'Change',
      commands: [init, importing, apply, destroy, allow, forget],
      others: [revoke, exporting, validate, fmt],
    },
    { title: 'Move without losing calls', commands: [migrate, shift, handover, fleet], others: [] },
    {
      title: 'Try, and set up',
      commands: [simulate, doctor, mcp],
      others: [cidr, completion, manOf(() => COMMANDS)],
    },
  ];

/** Every command, in the order of its group. */
export const COMMANDS = COMMAND_GROUPS.flatMap(({ commands, others }) => [...commands, ...others]);
