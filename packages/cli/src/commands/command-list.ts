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

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly (CommandDescription | CommandGroup)[] = [
  init,
  importing,
  exporting,
  validate,
  fmt,
  advise,
  check,
  watch,
  explain,
  graph,
  plan,
  show,
  apply,
  destroy,
  probe,
  log,
  list,
  links,
  gateways,
  quotas,
  egress,
  allow,
  revoke,
  forget,
  snapshot,
  migrate,
  shift,
  handover,
  rehearse,
  fleet,
  mcp,
  cidr,
  simulate,
  doctor,
  completion,
  manOf(() => COMMANDS),
];
