import { apply, destroy, plan } from './apply.js';
import { check, explain, snapshot } from './check.js';
import { cidr } from './cidr.js';
import type { CommandDescription, CommandGroup } from './description.js';
import { doctor } from './doctor.js';
import { fleet } from './fleet.js';
import { handover } from './handover.js';
import { gateways, list, show } from './inventory.js';
import { allow, egress, forget, links, revoke } from './links.js';
import { log } from './log.js';
import { mcp } from './mcp.js';
import { migrate } from './migrate.js';
import { advise, graph, quotas } from './planner.js';
import { probe } from './probe.js';
import { rehearse } from './rehearse.js';
import { completion, manOf } from './shell.js';
import { simulate } from './simulate.js';
import { watch } from './watch.js';
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
