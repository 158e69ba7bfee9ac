import { apply, destroy, plan, log, rehearse } from './apply.js';
import { check, explain, snapshot, watch } from './check.js';
import { cidr, doctor, mcp, completion, manOf, simulate } from './machine.js';
import type { CommandDescription, CommandGroup } from './options.js';
import { fleet } from './fleet.js';
import { handover } from './handover.js';
import { gateways, list, show, allow, egress, forget, links, revoke } from './links.js';
import { migrate } from './migrate.js';
import { advise, graph, quotas } from './planner.js';
import { probe } from './probe.js';
import { shift } from './shift.js';
import { exporting, fmt, importing, init, validate } from './specs.js';

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
